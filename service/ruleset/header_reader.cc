#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "re2/re2.h"

#include "service/engine/legal_link.h"
#include "service/ruleset/fields.h"
#include "service/ruleset/set_draft.h"

namespace klausul::ruleset {
namespace {

constexpr char kSetIdPattern[] = "[a-z][a-z0-9]*(\\.[a-z][a-z0-9_-]*)*";
constexpr char kVersionPattern[] = "[0-9]+(\\.[0-9]+){1,3}";
constexpr int kDaysInMonth[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
// Easter Sunday lies between 22 March and 25 April; holidays that move with it
// lie between Lent and Corpus Christi.
constexpr int kMaxEasterOffset = 100;

void ReadInstrument(const NodeRef& node, SetDraft& draft) {
  Fields fields(node, "an instrument", draft.sink);
  if (!fields.is_mapping()) return;
  v1::Instrument instrument;
  ElementSource element;
  const NodeRef short_name = fields.Require("short");
  if (auto text = ReadString(short_name, "short", draft.sink)) {
    for (const v1::Instrument& other : draft.proto.instruments()) {
      if (other.short_name() == *text) {
        short_name.Error(
            "duplicate-id",
            absl::StrCat("instrument `", *text, "` is there already"), {},
            draft.sink);
      }
    }
    instrument.set_short_name(*std::move(text));
  }
  *instrument.mutable_name() =
      ReadText(fields.Require("name"), "name", {}, element, draft.sink);
  if (auto url = ReadString(fields.Find("url"), "url", draft.sink)) {
    instrument.set_url(*std::move(url));
  }
  const NodeRef provision_url = fields.Find("provision_url");
  if (auto url = ReadString(provision_url, "provision_url", draft.sink)) {
    if (!absl::StrContains(*url, engine::kProvisionNumber)) {
      provision_url.Error(
          "bad-placeholder",
          absl::StrCat("`provision_url` has no `", engine::kProvisionNumber,
                       "`"),
          "it stands for `7-9` of `§ 7-9 (2)`; the address of the whole act is "
          "its `url`",
          draft.sink);
    }
    instrument.set_provision_url(*std::move(url));
  }
  fields.Finish();
  *draft.proto.add_instruments() = std::move(instrument);
}

absl::optional<int> ReadRange(const NodeRef& node, absl::string_view key,
                              int least, int most, DiagnosticSink& sink) {
  const auto value = ReadInt(node, key, sink);
  if (!value.has_value()) return absl::nullopt;
  if (*value < least || *value > most) {
    node.Error("unknown-value", absl::StrCat("`", key, "` cannot be ", *value),
               absl::StrCat("it lies between ", least, " and ", most), sink);
    return absl::nullopt;
  }
  return static_cast<int>(*value);
}

void ReadFixedHoliday(const NodeRef& node, v1::Calendar& calendar,
                      DiagnosticSink& sink) {
  Fields fields(node, "a holiday", sink);
  if (!fields.is_mapping()) return;
  ElementSource element;
  const auto month = ReadRange(fields.Require("month"), "month", 1, 12, sink);
  const auto day =
      ReadRange(fields.Require("day"), "day", 1,
                month.has_value() ? kDaysInMonth[*month - 1] : 31, sink);
  v1::Text name = ReadText(fields.Require("name"), "name", {}, element, sink);
  fields.Finish();
  if (!month.has_value() || !day.has_value()) return;
  v1::Calendar::FixedHoliday& holiday = *calendar.add_fixed();
  holiday.set_month(*month);
  holiday.set_day(*day);
  *holiday.mutable_name() = std::move(name);
}

void ReadEasterHoliday(const NodeRef& node, v1::Calendar& calendar,
                       DiagnosticSink& sink) {
  Fields fields(node, "a holiday", sink);
  if (!fields.is_mapping()) return;
  ElementSource element;
  const auto offset = ReadRange(
      fields.Require("offset", "days from Easter Sunday; before it: negative"),
      "offset", -kMaxEasterOffset, kMaxEasterOffset, sink);
  v1::Text name = ReadText(fields.Require("name"), "name", {}, element, sink);
  fields.Finish();
  if (!offset.has_value()) return;
  v1::Calendar::EasterHoliday& holiday = *calendar.add_easter();
  holiday.set_offset_days(*offset);
  *holiday.mutable_name() = std::move(name);
}

}  // namespace

void ReadHeader(const NodeRef& root, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  Fields fields(root, "a rule set", sink);
  if (!fields.is_mapping()) return;
  ElementSource& header = draft.source.header;

  const NodeRef id = fields.Require("id", "such as id: \"no\"");
  header.place = id ? id : fields.place();
  if (auto text = ReadString(id, "id", sink)) {
    if (!RE2::FullMatch(*text, kSetIdPattern)) {
      id.Error("bad-id", absl::StrCat("`", *text, "` is not an id of a set"),
               "write small letters, digits and dots, such as `no.oslo`", sink);
    }
    draft.proto.set_id(*std::move(text));
  }

  const NodeRef version = fields.Require("version", "such as \"2026.11.0\"");
  if (auto text = ReadString(version, "version", sink)) {
    if (!RE2::FullMatch(*text, kVersionPattern)) {
      version.Error("bad-id", absl::StrCat("`", *text, "` is not a version"),
                    "write numbers and dots, such as \"2026.11.0\"", sink);
    }
    draft.proto.set_version(*std::move(text));
  }

  const NodeRef jurisdiction = fields.Require("jurisdiction");
  if (auto text = ReadString(jurisdiction, "jurisdiction", sink)) {
    if (!RE2::FullMatch(*text, "[A-Z]{2}")) {
      jurisdiction.Error(
          "bad-id", absl::StrCat("`", *text, "` is not a jurisdiction"),
          "write the country's two letters, such as \"NO\", or \"EU\"", sink);
    }
    draft.proto.set_jurisdiction(*std::move(text));
  }

  *draft.proto.mutable_title() =
      ReadText(fields.Require("title"), "title", RuleLanguages(), header, sink);
  const NodeRef extends = fields.Find("extends");
  header.fields["extends"] = extends;
  for (const NodeRef& item : ReadList(extends, "extends", sink)) {
    if (auto base = ReadString(item, "extends", sink)) {
      header.fields[absl::StrCat("extends.", *base)] = item;
      draft.proto.add_extends(*std::move(base));
    }
  }
  for (const NodeRef& item :
       ReadList(fields.Find("instruments"), "instruments", sink)) {
    ReadInstrument(item, draft);
  }
  fields.Finish();
}

void ReadCalendar(const NodeRef& node, SetDraft& draft) {
  DiagnosticSink& sink = draft.sink;
  Fields fields(node, "a calendar", sink);
  if (!fields.is_mapping()) return;
  v1::Calendar calendar;
  const NodeRef jurisdiction = fields.Require("jurisdiction");
  if (auto text = ReadString(jurisdiction, "jurisdiction", sink)) {
    for (const v1::Calendar& other : draft.proto.calendars()) {
      if (other.jurisdiction() == *text) {
        jurisdiction.Error(
            "duplicate-id",
            absl::StrCat("a calendar of `", *text, "` is there already"), {},
            sink);
      }
    }
    calendar.set_jurisdiction(*std::move(text));
  }
  for (const NodeRef& item : ReadList(fields.Find("fixed"), "fixed", sink)) {
    ReadFixedHoliday(item, calendar, sink);
  }
  for (const NodeRef& item : ReadList(fields.Find("easter"), "easter", sink)) {
    ReadEasterHoliday(item, calendar, sink);
  }
  // In the order of ISO 8601, from 1.
  static constexpr absl::string_view kDays[] = {
      "monday", "tuesday",  "wednesday", "thursday",
      "friday", "saturday", "sunday"};
  for (const NodeRef& item :
       ReadList(fields.Require("weekend", "such as [saturday, sunday]"),
                "weekend", sink)) {
    if (auto day = ReadWord(item, "weekend", kDays, sink)) {
      calendar.add_weekend(*day + 1);
    }
  }
  // Where the holidays are laid down, for readers of the file.
  ReadStringList(fields.Find("sources"), "sources", sink);
  ReadStringList(fields.Find("register"), "register", sink);
  fields.Finish();
  *draft.proto.add_calendars() = std::move(calendar);
}

}  // namespace klausul::ruleset
