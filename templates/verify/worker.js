// The same engine as a worker's: one session, one message at a time, progress between.

import { Session } from "./session.js";

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  const session = new Session();
  let told = 0;
  self.onmessage = ({ data }) => {
    const work = session.answer(data);
    let step = work.next();
    for (; !step.done; step = work.next()) {
      const now = performance.now();
      if (now - told > 50) {
        told = now;
        self.postMessage({ type: "progress", ...step.value });
      }
    }
    self.postMessage({ ...step.value, turn: data.turn });
  };
}
