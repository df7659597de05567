// The page: files in, questions to the engine, answers onto the screen, in the reader's language.

const SLICE = 30;
const at = (id) => document.getElementById(id);
const state = { answer: null, seconds: 0, pasted: "", hits: null, company: null, turn: 0, files: null, step: null };

/** The engine in a worker, or, where the browser gives none, on this page in slices of a few milliseconds. */
class Engine {
  constructor(onMessage) {
    this.onMessage = onMessage;
    this.session = null;
    this.worker = null;
    this.hasAnswered = false;
    this.asked = null;
  }

  /** A fresh start: whatever runs is given up. */
  restart() {
    this.worker?.terminate();
    this.worker = null;
    this.session = null;
    this.hasAnswered = false;
    try {
      const source = new Blob([at("engine").textContent], { type: "text/javascript" });
      const address = URL.createObjectURL(source);
      this.worker = new Worker(address);
      this.worker.onmessage = ({ data: message }) => {
        this.hasAnswered = true;
        this.onMessage(message);
      };
      this.worker.onerror = (event) => this.fail(event);
    } catch {
      this.worker = null;
    }
  }

  /** A worker that never came to life is done without; one that broke later is told. */
  fail(event) {
    event.preventDefault();
    this.worker?.terminate();
    this.worker = null;
    if (this.hasAnswered) this.onMessage({ type: "failed", text: event.message ?? "worker", turn: this.asked.turn });
    else if (this.asked !== null) this.ask(this.asked);
  }

  async ask(message) {
    this.asked = message;
    try {
      const given = message.type === "open" ? { ...message, files: await readFiles(message.files) } : message;
      if (this.worker !== null) this.worker.postMessage(given);
      else await this.answerHere(given);
    } catch (error) {
      this.onMessage({ type: "failed", text: String(error), turn: message.turn });
    }
  }

  async answerHere(message) {
    this.session ??= new inspectEngine.Session();
    const work = this.session.answer(message);
    let until = performance.now() + SLICE;
    for (let step = work.next(); ; step = work.next()) {
      if (message.turn !== state.turn) return;
      if (step.done) return this.onMessage({ ...step.value, turn: message.turn });
      if (performance.now() < until) continue;
      this.onMessage({ type: "progress", ...step.value });
      await new Promise((resume) => setTimeout(resume, 0));
      until = performance.now() + SLICE;
    }
  }
}

async function readFiles(files) {
  return Promise.all(files.map(async ({ name, file }) => ({ name, bytes: await file.arrayBuffer() })));
}

const engine = new Engine(receive);

function openFiles(files) {
  if (files.length === 0) return;
  Object.assign(state, { answer: null, hits: null, company: null, turn: state.turn + 1, started: performance.now(), step: null });
  showStep({ phase: "load", done: 0, total: 0 });
  show();
  engine.restart();
  engine.ask({ type: "open", files, turn: state.turn });
}

function receive(message) {
  if (message.type === "progress") {
    if (state.answer === null) showStep(message);
    return;
  }
  if (message.turn !== state.turn) return;
  switch (message.type) {
    case "hits":
      receiveHits(message);
      break;
    case "company":
      state.company = message.company;
      showCompany(true);
      break;
    default:
      state.answer = message;
      state.seconds = ((performance.now() - state.started) / 1000).toFixed(1);
      state.step = null;
      show();
      at("verdict").focus();
      if (message.type === "report" && message.entity !== null) askCompany(message.entity);
  }
}

function receiveHits(hits) {
  state.hits = hits;
  state.company = null;
  if (hits.shown.length === 1) {
    state.hits = null;
    askCompany(hits.shown[0].id);
  }
  showHits();
  showCompany(false);
}

function askCompany(id) {
  engine.ask({ type: "describe", id, turn: state.turn });
}

/** Progress for eyes at each step, for ears when a new phase begins. */
function showStep({ phase, done, total }) {
  at("progress").hidden = false;
  const bar = at("bar");
  if (total > 0) bar.value = done / total;
  else bar.removeAttribute("value");
  if (state.step !== phase) at("step").textContent = say(`phase_${phase}`);
  bar.setAttribute("aria-label", say("working"));
  state.step = phase;
}

function show() {
  document.documentElement.lang = languageName() === "zh" ? "zh-Hans" : "en";
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  at("language").textContent = say("otherLanguage");
  at("language").lang = languageName() === "zh" ? "en" : "zh-Hans";
  at("limits").replaceChildren(...[1, 2, 3, 4, 5, 6, 7].map((number) => make("li", {}, say(`limit${number}`))));
  if (state.step !== null) at("step").textContent = say(`phase_${state.step}`);
  else at("progress").hidden = true;
  showAnswer();
  showHits();
  showCompany(false);
}

function showAnswer() {
  const { answer } = state;
  const isReport = answer !== null && answer.type === "report";
  at("verdict").hidden = answer === null;
  at("look").hidden = !isReport;
  if (answer !== null) at("verdict").className = SIGNS[isReport ? answer.summary : answer.type][1];
  at("sum").replaceChildren(...(answer === null ? [] : [renderSum(answer, state.seconds)]));
  const onPaste = (text) => {
    state.pasted = text;
  };
  at("report").replaceChildren(...(isReport ? [renderAbout(answer, state.pasted, onPaste), renderChecks(answer)] : []));
  at("after").replaceChildren(...(isReport ? [renderSeed(answer), renderQuestions(answer)] : []));
}

function showHits() {
  at("hits").replaceChildren(...(state.hits === null ? [] : renderHits(state.hits, askCompany)));
}

function showCompany(isNew) {
  at("company").replaceChildren(...(state.company === null ? [] : [renderCompany(state.company)]));
  if (isNew && document.activeElement !== at("verdict")) at("company-name").focus();
}

/** What was dropped: files, or the files of one folder by their paths. */
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.length === 1 && entries[0]?.isDirectory) return filesUnder(entries[0], entries[0].name);
  const files = [...transfer.files];
  return files.length === 1 ? [{ name: files[0].name, file: files[0] }] : files.map((file) => ({ name: `dropped/${file.name}`, file }));
}

async function filesUnder(entry, path) {
  if (!entry.isDirectory) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    return [{ name: path, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (some.length === 0) return found;
    for (const inner of some) found.push(...(await filesUnder(inner, `${path}/${inner.name}`)));
  }
}

function listen() {
  at("language").addEventListener("click", () => {
    setLanguage(languageName() === "zh" ? "en" : "zh");
    show();
  });
  for (const id of ["file", "folder"]) {
    at(id).addEventListener("change", ({ target }) => {
      const chosen = [...target.files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
      openFiles(chosen);
      // The same file can be chosen again.
      target.value = "";
    });
  }
  const drop = at("drop");
  for (const name of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
    });
  }
  document.addEventListener("drop", ({ dataTransfer }) => {
    droppedFiles(dataTransfer).then(openFiles, (error) => {
      state.turn += 1;
      state.started = performance.now();
      receive({ type: "failed", text: String(error), turn: state.turn });
    });
  });
  at("look-form").addEventListener("submit", (event) => {
    event.preventDefault();
    engine.ask({ type: "search", query: at("query").value, turn: state.turn });
  });
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

setLanguage((navigator.language ?? "zh").toLowerCase().startsWith("zh") ? "zh" : "en");
listen();
show();
