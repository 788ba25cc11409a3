#!/usr/bin/env python3
"""Makes the C++ that the engine's benchmark needs of plan.proto and the rules:

    make_workload.py <folder of this file> <output folder>

rules.inc        the rules as CEL
structs.inc      plain structs, and how they are filled from messages
structs_N.inc    the first N rules as `if` statements over the structs: what a
                 programmer would write by hand
messages_N.inc   the same over the protobuf messages
"""
import json
import pathlib
import re
import sys
from datetime import date

SIZES = (10, 100, 1000)
# How many elements the plans' lists have, and scalars at most.
LIST_SIZES = {"lots": 8, "criteria": 6, "clauses": 5}
EPOCH = date(1970, 1, 1)


def read_proto(text):
    """Message -> [(field, type, repeated)]; enums by `Message.Type`."""
    messages, enums = {}, {}
    for name, body in re.findall(
            r"^message (\w+) \{(.*?)\}\s*?(?=\n*(?:^message|\Z))", text,
            re.M | re.S):
        body = re.sub(r"enum (\w+) \{(.*?)\}", lambda m: enums.setdefault(
            f"{name}.{m[1]}", dict((v, int(n)) for v, n in re.findall(
                r"(\w+) = (\d+);", m[2]))) and "", body)
        messages[name] = [
            (field, kind if kind != "Type" else f"{name}.Type",
             label == "repeated")
            for label, kind, field in re.findall(
                r"(?:(optional|repeated) )?([\w.]+) (\w+) = \d+;", body)]
    return messages, enums


def days(text):
    return (date.fromisoformat(text) - EPOCH).days


def quote(text):
    return json.dumps(text)


class Translator:
    def __init__(self, messages, enums):
        self.messages, self.enums = messages, enums

    def enum_of(self, message, path):
        """The enum of a field, by path from a message; None for others."""
        *steps, last = path.split(".")
        for step in steps:
            message = next(k for f, k, _ in self.messages[message] if f == step)
        kind = next(k for f, k, _ in self.messages[message] if f == last)
        return kind if kind in self.enums else None

    def element(self, message, path):
        return next(k for f, k, _ in self.messages[message] if f == path)

    def cel(self, c, root="plan", message="Plan"):
        (kind, v), = c.items()
        inner = lambda x: (f"({self.cel(x, root, message)})"
                           if next(iter(x)) in ("and", "or")
                           else self.cel(x, root, message))
        path = lambda f: f"{root}.{f}"

        def literal(f, x):
            enum = self.enum_of(message, f)
            if enum:
                return f"{enum}.{x}"
            return quote(x) if isinstance(x, str) else str(x)

        if kind == "and":
            return " && ".join(map(inner, v))
        if kind == "or":
            return " || ".join(map(inner, v))
        if kind == "not":
            return f"!({self.cel(v, root, message)})"
        if kind == "cmp":
            if isinstance(v[2], bool):
                return ("" if (v[1] == "==") == v[2] else "!") + path(v[0])
            return f"{path(v[0])} {v[1]} {literal(v[0], v[2])}"
        if kind == "in":
            return (f"{path(v[0])} in "
                    f"[{', '.join(literal(v[0], x) for x in v[1])}]")
        if kind == "has":
            return f"{quote(v[1])} in {path(v[0])}"
        if kind == "prefix":
            return f"{path(v[0])}.startsWith({quote(v[1])})"
        if kind in ("any", "all"):
            macro = "exists" if kind == "any" else "all"
            body = self.cel(v[1], "e", self.element(message, v[0]))
            return f"{path(v[0])}.{macro}(e, {body})"
        if kind == "sum":
            return f"sum({path(v[0])}.map(e, e.{v[1]})) {v[2]} {v[3]}"
        if kind == "date":
            return f'{path(v[0])} {v[1]} timestamp("{v[2]}T00:00:00Z")'
        if kind == "days":
            return (f"{path(v[1])} - {path(v[0])} {v[2]} "
                    f'duration("{v[3] * 24}h")')
        raise ValueError(kind)

    def cpp(self, c, proto, at="p", message="Plan"):
        (kind, v), = c.items()
        call = "()" if proto else ""
        path = lambda f: at + "".join(f".{x}{call}" for x in f.split("."))
        # Structs hold dates in days, as a programmer would.
        time = (lambda f: path(f) + ".seconds()") if proto else path
        unit = 86400 if proto else 1
        inner = lambda x: self.cpp(x, proto, at, message)

        def literal(f, x):
            enum = self.enum_of(message, f)
            if enum:
                return str(self.enums[enum][x])
            if isinstance(x, bool):
                return str(x).lower()
            return quote(x) + "sv" if isinstance(x, str) else str(x)

        if kind == "and":
            return "(" + " && ".join(map(inner, v)) + ")"
        if kind == "or":
            return "(" + " || ".join(map(inner, v)) + ")"
        if kind == "not":
            return f"!({inner(v)})"
        if kind == "cmp":
            return f"{path(v[0])} {v[1]} {literal(v[0], v[2])}"
        if kind == "in":
            return "(" + " || ".join(
                f"{path(v[0])} == {literal(v[0], x)}" for x in v[1]) + ")"
        if kind == "has":
            return (f"Has({path(v[0])}, {quote(v[1])}sv)" if proto
                    else f"{path(v[0])}.Has({quote(v[1])}sv)")
        if kind == "prefix":
            return (f"std::string_view({path(v[0])}).substr(0, {len(v[1])}) "
                    f"== {quote(v[1])}sv")
        if kind in ("any", "all"):
            body = self.cpp(v[1], proto, "e", self.element(message, v[0]))
            test, found = ((body, "true") if kind == "any"
                           else (f"!({body})", "false"))
            other = "false" if kind == "any" else "true"
            return (f"[&] {{ for (const auto& e : {path(v[0])}) "
                    f"if ({test}) return {found}; return {other}; }}()")
        if kind == "sum":
            return (f"[&] {{ std::int64_t s = 0; for (const auto& e : "
                    f"{path(v[0])}) s += e.{v[1]}{call}; "
                    f"return s {v[2]} {v[3]}; }}()")
        if kind == "date":
            return f"{time(v[0])} {v[1]} {days(v[2]) * unit}"
        if kind == "days":
            return f"{time(v[1])} - {time(v[0])} {v[2]} {v[3] * unit}"
        raise ValueError(kind)


SCALARS = {"string": "std::string_view", "int64": "std::int64_t",
           "bool": "bool", "google.protobuf.Timestamp": "std::int64_t"}


def structs(messages, enums):
    lines, fills = [], []
    order = [m for m in messages if m != "Plan"] + ["Plan"]
    for name in order:
        lines.append(f"struct {name} {{")
        fills.append(f"inline void Fill(const procbench::v1::{name}& m, "
                     f"Texts& texts, {name}& s) {{\n  (void)texts;")
        for field, kind, repeated in messages[name]:
            if repeated and kind == "string":
                lines.append(f"  TextList {field};")
                fills.append(f"  s.{field}.size = 0;\n  for (const auto& text "
                             f": m.{field}()) s.{field}.Add(texts.Keep(text));")
            elif repeated:
                lines.append(f"  {kind} {field}[{LIST_SIZES[field]}];")
                fills.append(f"  for (int i = 0; i < {LIST_SIZES[field]}; ++i) "
                             f"Fill(m.{field}(i), texts, s.{field}[i]);")
            elif kind in enums:
                lines.append(f"  std::uint8_t {field};")
                fills.append(f"  s.{field} = "
                             f"static_cast<std::uint8_t>(m.{field}());")
            elif kind in SCALARS:
                lines.append(f"  {SCALARS[kind]} {field};")
                value = {"string": f"texts.Keep(m.{field}())",
                         "google.protobuf.Timestamp":
                         f"m.{field}().seconds() / 86400"}.get(
                             kind, f"m.{field}()")
                fills.append(f"  s.{field} = {value};")
            else:
                lines.append(f"  {kind} {field};")
                fills.append(f"  Fill(m.{field}(), texts, s.{field});")
        lines.append("};")
        fills.append("}")
    return "\n".join(lines + fills) + "\n"


def main(source, target):
    source, target = pathlib.Path(source), pathlib.Path(target)
    target.mkdir(parents=True, exist_ok=True)
    messages, enums = read_proto((source / "plan.proto").read_text())
    rules = json.loads((source / "rules-1000.json").read_text())
    translator = Translator(messages, enums)
    (target / "rules.inc").write_text("".join(
        f'R"cel({translator.cel(rule["when"])})cel",\n' for rule in rules))
    (target / "structs.inc").write_text(structs(messages, enums))
    for size in SIZES:
        for name, proto in (("structs", False), ("messages", True)):
            lines = "".join(
                f"  if ({translator.cpp(rule['when'], proto)}) out[n++] = {i};\n"
                for i, rule in enumerate(rules[:size]))
            (target / f"{name}_{size}.inc").write_text(
                f"int Rules{size}(const Plan& p, std::uint32_t* out) {{\n"
                f"  int n = 0;\n{lines}  return n;\n}}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
