#!/usr/bin/env python3
"""make_rules.py COUNT OUT_DIR: writes a rule set of COUNT rules to measure with.

The rules are made up, but have the size and the shape of those in rules/no:
texts in three languages, provision, sources, examples, facts and parameters
that several rules ask for, conditions over dates, values, lists and lots. The
same COUNT gives the same files. The set loads without errors.
"""
import pathlib
import random
import sys

RULES_A_FILE = 50
KINDS = ["OPEN", "RESTRICTED", "NEGOTIATED_WITH_NOTICE",
         "COMPETITIVE_DIALOGUE", "DIRECT_AWARD", "SIMPLE_COMPETITION"]
NATURES = ["WORKS", "SUPPLIES", "SERVICES"]

HEADER = """\
id: "no"
version: "2026.1.0"
jurisdiction: "NO"
title: {nb: Målesett, nn: Målesett, en: Set to measure with}
instruments:
  - short: FOA
    name:
      nb: Forskrift om offentlige anskaffelser
      nn: Forskrift om offentlege anskaffingar
      en: Public Procurement Regulation
    url: "https://lovdata.no/forskrift/2016-08-12-974"
"""

CALENDAR = """\
calendar:
  jurisdiction: "NO"
  fixed:
    - {month: 1, day: 1, name: {nb: Nyttårsdag, nn: Nyttårsdag, en: New Year}}
  easter:
    - {offset: 1, name: {nb: 2. påskedag, nn: 2. påskedag, en: Easter Monday}}
  weekend: [saturday, sunday]
"""

PLAN = """\
id: base
stage: ANNOUNCED
buyer: {name: Fjordvik kommune, country: "NO", legal_type: AUTHORITY,
        level: LOCAL}
contract: {nature: SERVICES, cpv_main: "72000000",
           estimated_value: NOK 3000000}
procedure: {kind: OPEN}
dates: {notice_sent: 2026-08-03, tender_deadline: 2026-09-02}
award:
  basis: BEST_PRICE_QUALITY
  criteria:
    - {id: C1, kind: PRICE, weight: 40}
    - {id: C2, kind: QUALITY, weight: 60}
"""

# Name, type and expression of a fact; `{n}` is a number of its own.
FACTS = [
    ("days_{n}", "int",
     "days_between(dates.notice_sent, dates.tender_deadline) - {n}"),
    ("large_{n}", "bool",
     'contract.estimated_value >= parameter("no.figure.{n}")'),
    ("weight_{n}", "double",
     "sum(award.criteria.filter(c, c.kind != PRICE).map(c, c.weight)) + {n}.0"),
    ("classic_{n}", "bool",
     "contract.nature in [SERVICES, SUPPLIES] && buyer.level == LOCAL\n"
     "      && !claimed(procedure.urgent)"),
]

APPLIES = [
    "procedure.kind == {kind} && contract.nature == {nature}",
    "classic_{f} && procedure.kind in [{kind}, {other}]",
    "large_{f} && !claimed(procedure.urgent)\n"
    "      && has(dates.tender_deadline)",
    "buyer.legal_type == AUTHORITY\n"
    "      && (large_{f} || contract.nature == {nature})",
]

REQUIRES = [
    "days_{f} >= {days}",
    "dates.tender_deadline >= add_days(dates.notice_sent, {days})",
    'contract.estimated_value < parameter("no.figure.{f}")\n'
    "      || procedure.kind in [{kind}, {other}]",
    "award.criteria.exists(c, c.kind == PRICE)\n"
    "      && award.criteria.all(c, c.weight <= {weight}.0)",
    "weight_{f} >= {weight}.0 || award.basis == LOWEST_PRICE",
    "!contract.cpv_main.in_cpv([\"{cpv}\", \"{cpv2}\"])\n"
    "      || (has(procedure.urgent_reason.on_file)\n"
    "          && procedure.urgent_reason.on_file)",
]

RULE = """\
  # What the provision asks for, as the register has it.
  - id: no.foa.{section}-{paragraph}.r{number}
    title:
      nb: Regel {number} om konkurransen er ikke fulgt
      nn: Regel {number} om konkurransen er ikkje følgd
      en: Rule {number} about the competition is not kept
    legal_basis: [{{instrument: FOA, provision: "§ {section}-{paragraph} ({subsection})"}}]
    register: [NO-F-{register:03}]
    in_force: {{from: {year}-01-01}}
    severity: {severity}
    confidence: several-sources
    applies: |
      {applies}
    requires: |
      {requires}
    args:
      deadline: 'dates.tender_deadline'
      limit: '{days} + {subsection}'
    message:
      nb: "Fristen er {{deadline}}, og regel {number} krever minst {{limit}} dager for en konkurranse av denne størrelsen."
      nn: "Fristen er {{deadline}}, og regel {number} krev minst {{limit}} dagar for ein konkurranse av denne storleiken."
      en: "The deadline is {{deadline}}; rule {number} asks for {{limit}} days at least for a competition of this size."
    remedy:
      nb: "Flytt fristen, eller oppgi grunnen til at den er kortere."
      nn: "Flytt fristen, eller gje opp grunnen til at han er kortare."
      en: "Move the deadline, or state the ground for a shorter one."
    sources:
      - {{url: "https://lovdata.no/forskrift/2016-08-12-974", read: 2026-11-22}}
    examples:
      - {{name: one day short, base: base, outcome: violated,
         set: {{"dates.tender_deadline": 2026-08-04}}}}
      - {{name: not stated yet, base: base, outcome: undetermined,
         unset: ["dates.tender_deadline"], missing: ["dates.tender_deadline"]}}
"""


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_facts(count):
    lines = ["facts:"]
    for number in range(count):
        for name, kind, expression in FACTS:
            lines += [f"  - name: {name.format(n=number)}",
                      f"    type: {kind}",
                      "    title: {nb: Faktum, nn: Faktum, en: Fact}",
                      f"    register: [NO-S-{number:03}]",
                      "    expr: |",
                      f"      {expression.format(n=number)}"]
    return "\n".join(lines) + "\n"


def make_parameters(count):
    lines = ["parameters:"]
    for number in range(count):
        lines += [f"  - id: no.figure.{number}",
                  "    type: Money",
                  "    title: {nb: Grense, nn: Grense, en: Limit}",
                  "    values:",
                  "      - {from: 2017-01-01, to: 2025-12-31,"
                  f' value: "NOK {(number + 1) * 90000}",'
                  f' register: [NO-T-{number:03}], source: "https://lovdata.no"}}',
                  "      - {from: 2026-01-01,"
                  f' value: "NOK {(number + 1) * 100000}",'
                  f' register: [NO-T-{number:03}], source: "https://lovdata.no"}}']
    return "\n".join(lines) + "\n"


def make_rule(number, fact_count, chance):
    kind, other = chance.sample(KINDS, 2)
    values = {
        "f": chance.randrange(fact_count), "kind": kind, "other": other,
        "nature": chance.choice(NATURES), "days": chance.randrange(5, 60),
        "weight": chance.randrange(10, 100),
        "cpv": f"{chance.randrange(10, 99)}000000",
        "cpv2": f"{chance.randrange(10, 99)}100000",
    }
    return RULE.format(
        number=number, section=chance.randrange(1, 30),
        paragraph=chance.randrange(1, 20), subsection=chance.randrange(1, 6),
        register=number % 1000, year=chance.randrange(2017, 2026),
        severity=chance.choice(["error", "warning", "advice"]),
        days=values["days"],
        applies=chance.choice(APPLIES).format(**values),
        requires=chance.choice(REQUIRES).format(**values))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count = int(sys.argv[1])
    folder = pathlib.Path(sys.argv[2]) / "no"
    chance = random.Random(20261123)
    fact_count = max(1, count // 20)
    write(folder, "rule_set.yaml", HEADER)
    write(folder, "calendar.yaml", CALENDAR)
    write(folder, "plans/base.yaml", PLAN)
    write(folder, "facts.yaml", make_facts(fact_count))
    write(folder, "parameters.yaml", make_parameters(fact_count))
    for first in range(0, count, RULES_A_FILE):
        rules = [make_rule(number, fact_count, chance)
                 for number in range(first, min(count, first + RULES_A_FILE))]
        write(folder, f"rules-{first // RULES_A_FILE:03}.yaml",
              "rules:\n" + "\n".join(rules))


if __name__ == "__main__":
    main()
