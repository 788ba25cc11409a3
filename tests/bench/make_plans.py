#!/usr/bin/env python3
"""Writes made-up procurement plans as JSON Lines, to measure archives with.

    python3 make_plans.py 1000000 plans.jsonl [SEED]

Buyers, values, dates and lots vary as they do in an archive: most plans are
small and nearly complete, some have several lots, a few lack what the rules
ask for. The same count and seed give the same bytes.
"""
import datetime
import json
import random
import sys

PLACES = ["Fjordvik", "Nordhamn", "Storlia", "Elvebakken", "Sundøy", "Åsmark"]
BUYERS = [("kommune", "LOCAL"), ("fylkeskommune", "LOCAL"),
          ("helseforetak", "CENTRAL"), ("direktorat", "CENTRAL")]
SUBJECTS = [
    ("SERVICES", "72000000", "Drift av fagsystem"),
    ("SERVICES", "90910000", "Renhold av skoler og barnehager"),
    ("SERVICES", "79952000", "Oppsøkende forebygging for ungdom"),
    ("SERVICES", "85311000", "Heldøgns omsorg"),
    ("SUPPLIES", "30200000", "Datautstyr"),
    ("SUPPLIES", "15000000", "Matvarer til institusjoner"),
    ("WORKS", "45214210", "Ny barneskole"),
    ("WORKS", "45233120", "Gang- og sykkelvei"),
]
FIRST_DAY = datetime.date(2024, 2, 1)
DAYS = 900


def criteria(rng):
    price = rng.choice([30, 40, 50, 60, 70])
    climate = rng.choice([0, 15, 20, 30, 30])
    climate = min(climate, 100 - price)
    rows = [{"id": "C1", "kind": "PRICE", "weight": price}]
    if climate:
        rows.append({"id": "C2", "kind": "QUALITY",
                     "aspects": ["ENVIRONMENT"], "weight": climate})
    if price + climate < 100:
        rows.append({"id": "C3", "kind": "QUALITY", "aspects": ["SOLUTION"],
                     "weight": 100 - price - climate})
    return rows


def plan(number, rng):
    place = rng.choice(PLACES)
    body, level = rng.choice(BUYERS)
    nature, cpv, title = rng.choice(SUBJECTS)
    value = int(rng.lognormvariate(14.8, 1.2)) // 1000 * 1000
    sent = FIRST_DAY + datetime.timedelta(days=rng.randrange(DAYS))
    deadline = sent + datetime.timedelta(days=rng.randrange(8, 60))
    lots = rng.choice([0, 0, 0, 2, 3, 5])
    out = {
        "id": f"plan-{number:07d}",
        "title": {"nb": f"{title}, {place}"},
        "stage": "ANNOUNCED",
        "regime": "CLASSIC",
        "vat_basis": "EXCLUDED",
        "buyer": {"name": f"{place} {body}", "country": "NO",
                  "legal_type": "AUTHORITY", "level": level},
        "contract": {"nature": nature, "form": "PUBLIC_CONTRACT",
                     "cpv_main": cpv, "estimated_value": f"NOK {value}"},
        "division": {"divided": lots > 0},
        "term": {"duration": f"{rng.choice([12, 24, 36, 48, 72])} months"},
        "procedure": {"kind": rng.choice(["OPEN", "OPEN", "RESTRICTED"])},
        "dates": {"notice_sent": sent.isoformat(),
                  "tender_deadline": deadline.isoformat()},
        "submission": {"electronic": "REQUIRED"},
        "award": {"basis": "BEST_PRICE_QUALITY", "ranking": "WEIGHTED",
                  "criteria": criteria(rng)},
    }
    if rng.random() < 0.7:
        out["clauses"] = {"wages": {"included": rng.random() < 0.9}}
    if lots:
        out["lots"] = [{"id": f"LOT-{lot + 1:04d}",
                        "contract": {"estimated_value":
                                     f"NOK {max(1000, value // lots)}"}}
                       for lot in range(lots)]
    return out


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) == 4 else 1)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for number in range(int(sys.argv[1])):
            file.write(json.dumps(plan(number, rng), ensure_ascii=False,
                                  separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
