"""How the kinds of findings are named to a person, and what mends each. Which findings there are is ``core.report.health``'s matter."""

from __future__ import annotations

from typing import Final

from inspect_cli.core.report.health.finding import Ailment, Weight
from inspect_cli.errors import say

WEIGHTS: Final = {
    Weight.SERIOUS: say("serious"),
    Weight.LOOK: say("to look at"),
    Weight.KNOW: say("to know"),
}
WORDS: Final = {
    Ailment.UNVISITED_ZONE: (
        say("zone without inspectors"),
        say("name the zone in somebody's 网格: inspector import FILE --update"),
    ),
    Ailment.UNLISTED_ZONE: (
        say("unlisted zone"),
        say("correct the file and entity import FILE --update, or add the zone to inspect.toml"),
    ),
    Ailment.GONE: (
        say("probably gone"),
        say("ask, then entity retire NUMBER --reason REASON"),
    ),
    Ailment.SAME_NAME: (
        say("same name"),
        say("if they are one company: entity retire NUMBER --reason REASON"),
    ),
    Ailment.NEAR_NAME: (
        say("nearly one name"),
        say("if they are one company: entity retire NUMBER --reason REASON"),
    ),
    Ailment.NO_ZONE: (
        say("no zone"),
        say("the draw needs it: ask for it, then entity import FILE --update"),
    ),
    Ailment.NO_CLASS: (
        say("no risk class"),
        say("the draw needs it: ask for it, then entity import FILE --update"),
    ),
    Ailment.NO_INDUSTRY: (
        say("no industry"),
        say("the draw needs it: ask for it, then entity import FILE --update"),
    ),
    Ailment.NO_SIZE: (
        say("no size"),
        say("the draw needs it: ask for it, then entity import FILE --update"),
    ),
    Ailment.OLD_CLASS: (
        say("old risk class"),
        say("ask for this year's classes, then entity import FILE --update"),
    ),
    Ailment.OLD_REGISTRY: (
        say("old registry"),
        say("ask the departments for their lists, then entity import FILE --dry-run"),
    ),
    Ailment.OTHER_DOMAINS: (
        say("other domains by today's rules"),
        say("take the list again: entity import FILE --update"),
    ),
    Ailment.FUTURE: (
        say("established in the future"),
        say("correct the day in the file, then entity import FILE --update"),
    ),
    Ailment.SAME_ADDRESS: (
        say("same address"),
        say("to be known; if they are one company: entity retire NUMBER --reason REASON"),
    ),
    Ailment.NAME_ELSEWHERE: (
        say("same name in another zone"),
        say("to be known; if they are one company: entity retire NUMBER --reason REASON"),
    ),
    Ailment.STALE: (
        say("nothing new for long"),
        say("entity import FILE --dry-run names the rows that the newest file does not have"),
    ),
    Ailment.OLD_NUMBER: (
        say("no credit code"),
        say("ask for the credit code, then entity renumber OLD NEW --reason REASON"),
    ),
    Ailment.INNER_CHECK: (
        say("inner check fails"),
        say("compare the code with the business licence; some codes in force are so"),
    ),
    Ailment.LONE_GROUP: (
        say("group of one"),
        say("is the group's name written in one way? entity import FILE --update"),
    ),
    Ailment.NO_ADDRESS: (
        say("no address"),
        say("the visit needs it, the draw does not: entity import FILE --update"),
    ),
    Ailment.NO_REPRESENTATIVE: (
        say("no legal representative"),
        say("the papers need it, the draw does not: entity import FILE --update"),
    ),
    Ailment.LAPSED: (
        say("lapsed"),
        say("enter the new certificate: inspector import FILE --update"),
    ),
    Ailment.LAPSES: (
        say("lapses"),
        say("have the certificate renewed, then inspector import FILE --update"),
    ),
    Ailment.NO_LEADER: (
        say("nobody may lead"),
        say("say who may lead (可任组长): inspector import FILE --update"),
    ),
    Ailment.NO_SKILL: (
        say("skill that nobody has"),
        say("no visit of this domain can be staffed: inspector import FILE --update"),
    ),
    Ailment.THIN_SKILL: (
        say("thin skill"),
        say("let somebody else qualify, then inspector import FILE --update"),
    ),
    Ailment.NO_EXPERT: (
        say("no expert"),
        say("name an expert: inspector import FILE --update"),
    ),
    Ailment.EMPTY_ZONE: (
        say("zone without inspectors"),
        say("name the zone in somebody's 网格: inspector import FILE --update"),
    ),
    Ailment.THIN_ZONE: (
        say("thin zone"),
        say("name the zone in somebody's 网格: inspector import FILE --update"),
    ),
    Ailment.LONG_LEAVE: (
        say("long leave"),
        say("to be known; if somebody is back: inspector leave remove NUMBER"),
    ),
    Ailment.NO_CERTIFICATE: (
        say("no certificate"),
        say("enter the certificate: inspector import FILE --update"),
    ),
    Ailment.BARRED: (
        say("recused from everybody"),
        say("another zone, or inspector recuse end for what has ended"),
    ),
    Ailment.NO_DAY: (
        say("no day to work"),
        say("look at the leave: inspector show NUMBER"),
    ),
    Ailment.NO_CAP: (
        say("cap of nothing"),
        say("give a cap of 1 or more on the roster or in inspect.toml"),
    ),
    Ailment.IDLE_ZONE: (
        say("zone of nobody"),
        say("correct the roster: inspector import FILE --update"),
    ),
    Ailment.NO_COMMON_ZONE: (
        say("no zone in common"),
        say("correct the roster, or the squad's zones in inspect.toml"),
    ),
    Ailment.EMPTY_GROUP: (
        say("group of nobody"),
        say("write the group as the entities have it; entity list shows them"),
    ),
    Ailment.SAME_TELEPHONE: (
        say("same telephone"),
        say("one person twice? inspector retire NUMBER --reason REASON"),
    ),
    Ailment.OUT_OF_SERVICE: (
        say("out of service"),
        say("to be known; if it is wrong: inspector import FILE --update"),
    ),
    Ailment.UNKNOWN_YEAR: (
        say("unknown year"),
        say("import the State Council's notice: workdays import FILE"),
    ),
    Ailment.LONG_TERM: (
        say("no last day"),
        say("compare with the certificates; if a date is missing: inspector import FILE --update"),
    ),
    Ailment.NAMESAKE: (
        say("same name"),
        say("one person twice? inspector retire NUMBER --reason REASON"),
    ),
    Ailment.UNKNOWN_SQUAD: (
        say("squad not in the settings"),
        say("add the squad to inspect.toml, or correct the roster"),
    ),
    Ailment.EMPTY_SQUAD: (
        say("squad of nobody"),
        say("correct the squad's name in inspect.toml or on the roster"),
    ),
    Ailment.CAP_ASKEW: (
        say("cap never reached"),
        say("to be known: the month's cap decides"),
    ),
    Ailment.NO_MATTER: (
        say("domain without matters"),
        say("outside the list there is no inspection: matter import FILE"),
    ),
    Ailment.MATTER_LAPSED: (
        say("matter lapsed"),
        say("matter retire NUMBER --reason REASON, or the new day: matter import FILE --update"),
    ),
    Ailment.MATTER_LAPSES: (
        say("matter lapses"),
        say("if it stays on the list, the new day: matter import FILE --update"),
    ),
    Ailment.UNKNOWN_DOMAIN: (
        say("unknown domain"),
        say("add the domain to inspect.toml, or correct the list"),
    ),
    Ailment.NO_BASIS: (
        say("no legal basis"),
        say("no inspection without a basis: matter import FILE --update"),
    ),
    Ailment.SAME_MATTER: (
        say("same matter twice"),
        say("keep one: matter retire NUMBER --reason REASON"),
    ),
    Ailment.LIKE_NUMBER: (
        say("numbers that look alike"),
        say("O or 0, I or 1? correct the file, then matter import FILE"),
    ),
    Ailment.UNMET: (
        say("met by nobody"),
        say("compare its filters with entity list, then matter import FILE --update"),
    ),
    Ailment.VOID_DOMAIN: (
        say("domain without objects"),
        say("compare the filters of its matters with entity list, then matter import FILE --update"),
    ),
    Ailment.ABOVE_CAP: (
        say("above the cap"),
        say("correct the number: matter import FILE --update"),
    ),
    Ailment.UNKNOWN_MATTER: (
        say("cap of no matter"),
        say("correct limits.matters in inspect.toml"),
    ),
    Ailment.NOT_YET: (
        say("not valid yet"),
        say("to be known: it counts from that day"),
    ),
    Ailment.MOSTLY_KEY: (
        say("mostly key matters"),
        say("to be known: key matters may be drawn whole"),
    ),
    Ailment.NO_METHOD: (
        say("no method"),
        say("the published list wants it: matter import FILE --update"),
    ),
    Ailment.NO_RATIO: (
        say("no ratio"),
        say("the published list wants it: matter import FILE --update"),
    ),
    Ailment.NO_OBJECT: (
        say("no objects"),
        say("the published list wants it: matter import FILE --update"),
    ),
    Ailment.NO_FREQUENCY: (
        say("no frequency"),
        say("the published list wants it: matter import FILE --update"),
    ),
    Ailment.NO_POWER: (
        say("no source of power"),
        say("the published list wants it: matter import FILE --update"),
    ),
}
"""Each kind's name, and what to do about it: the command that mends it, where there is one."""
