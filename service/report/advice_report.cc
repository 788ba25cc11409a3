#include "service/report/advice_report.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include <google/protobuf/util/json_util.h>

#include "service/base/source.h"
#include "service/report/advice_words.h"
#include "service/report/text_layout.h"

namespace klausul::report {
namespace {

using v1::AdviceCatalogue;
using v1::ProcedureAdvice;

constexpr absl::string_view kIndent = "      ";
// Facts shown; the JSON form has them all.
constexpr int kShownFacts = 10;

class AdviceWriter {
 public:
  AdviceWriter(const v1::AdviseProcedureResponse& advice,
               const ReportOptions& options)
      : advice_(advice),
        words_(AdviceWordsOf(options.language)),
        color_(options.color) {}

  std::string Write() {
    AppendHead();
    AppendTable();
    for (const ProcedureAdvice& procedure : advice_.procedures()) {
      if (!IsDirectAward(procedure)) AppendProcedure(procedure);
    }
    AppendDirectAwards();
    AppendOpenFacts();
    AppendOpportunities();
    return std::move(out_);
  }

 private:
  static bool IsDirectAward(const ProcedureAdvice& procedure) {
    return procedure.group() == AdviceCatalogue::DIRECT_AWARD;
  }

  std::string Paint(absl::string_view code, absl::string_view text) const {
    if (!color_) return std::string(text);
    return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
  }

  absl::string_view VerdictWord(ProcedureAdvice::Verdict verdict) const {
    switch (verdict) {
      case ProcedureAdvice::ALLOWED:
        return words_.allowed;
      case ProcedureAdvice::ALLOWED_ON_CONDITIONS:
        return words_.on_conditions;
      case ProcedureAdvice::NOT_ALLOWED:
        return words_.not_allowed;
      default:
        return words_.undecided;
    }
  }

  // Padded first, so that the colour's own bytes do not count.
  std::string VerdictCell(ProcedureAdvice::Verdict verdict,
                          std::size_t width) const {
    const std::string cell = PadTo(VerdictWord(verdict), width);
    switch (verdict) {
      case ProcedureAdvice::ALLOWED:
        return Paint("1;32", cell);
      case ProcedureAdvice::ALLOWED_ON_CONDITIONS:
        return Paint("1;33", cell);
      case ProcedureAdvice::NOT_ALLOWED:
        return Paint("1;31", cell);
      default:
        return Paint("2", cell);
    }
  }

  void Heading(absl::string_view text) {
    absl::StrAppend(&out_, "\n", Paint("1", text), "\n");
  }

  // `text`, and the provisions in parentheses where there are any.
  static std::string WithProvisions(
      absl::string_view text,
      const google::protobuf::RepeatedPtrField<v1::LegalBasis>& bases) {
    if (bases.empty()) return std::string(text);
    return absl::StrCat(text, " (", ProvisionList(bases), ")");
  }

  static std::string RuleIds(
      const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
    return absl::StrJoin(findings, ", ",
                         [](std::string* out, const v1::Finding& finding) {
                           out->append(finding.rule_id());
                         });
  }

  void AppendHead() {
    const v1::DocumentReport& report = advice_.report();
    absl::StrAppend(&out_, Paint("1", report.uri()));
    if (!report.plan_id().empty() && report.plan_id() != report.uri()) {
      absl::StrAppend(&out_, "  ", report.plan_id());
    }
    absl::StrAppend(&out_, "  ", words_.law_of, " ", report.as_of());
    for (const v1::RuleSetStamp& stamp : report.rule_sets()) {
      absl::StrAppend(&out_, "  ", words_.rule_sets, " ", stamp.id(), " ",
                      stamp.version());
    }
    out_ += '\n';
    for (const std::string& note : report.notes()) {
      absl::StrAppend(&out_, "  ", words_.note, ": ", note, "\n");
    }
    for (const v1::GoverningLaw& law : advice_.laws()) {
      const bool governs = advice_.laws_size() == 1;
      absl::StrAppend(
          &out_,
          WrapText(
              absl::StrCat(governs ? words_.governs : words_.may_govern, ": ",
                           WithProvisions(law.title(), law.legal_basis())),
              "  "));
    }
    absl::StrAppend(&out_, "  ", words_.counted_from, " ", advice_.start_date(),
                    "\n");
  }

  void AppendTable() {
    if (advice_.procedures().empty()) return;
    std::size_t verdict_width = CodePointCount(words_.verdict);
    for (const auto verdict :
         {ProcedureAdvice::ALLOWED, ProcedureAdvice::ALLOWED_ON_CONDITIONS,
          ProcedureAdvice::NOT_ALLOWED, ProcedureAdvice::UNDECIDED}) {
      verdict_width =
          std::max(verdict_width, CodePointCount(VerdictWord(verdict)));
    }
    const std::size_t date_width = CodePointCount(words_.earliest);
    Heading(words_.procedures);
    absl::StrAppend(&out_, "  ", PadTo(words_.verdict, verdict_width), "  ",
                    words_.earliest, "  ", words_.procedure, "\n");
    for (const ProcedureAdvice& procedure : advice_.procedures()) {
      if (IsDirectAward(procedure)) continue;
      const std::string& date = procedure.earliest_contract_date();
      absl::StrAppend(&out_, "  ",
                      VerdictCell(procedure.verdict(), verdict_width), "  ",
                      PadTo(date.empty() ? "-" : date, date_width), "  ",
                      procedure.title(), "\n");
    }
    absl::StrAppend(&out_, "  ", words_.no_own_time, "\n");
  }

  void AppendProcedure(const ProcedureAdvice& procedure) {
    absl::StrAppend(&out_, "\n  ", VerdictCell(procedure.verdict(), 0), "  ",
                    Paint("1", procedure.title()), "\n");
    absl::StrAppend(&out_,
                    WrapText(ProvisionList(procedure.legal_basis()), kIndent));
    AppendReasons(procedure);
    for (const v1::TimeStep& step : procedure.steps())
      AppendStep(step, kIndent);
  }

  void AppendReasons(const ProcedureAdvice& procedure) {
    if (procedure.verdict() == ProcedureAdvice::ALLOWED) return;
    if (procedure.verdict() == ProcedureAdvice::UNDECIDED) {
      // Titles of rules tell of breaches; here there is none.
      std::string text = absl::StrCat(words_.open, ": ",
                                      absl::StrJoin(procedure.missing(), ", "));
      if (!procedure.reasons().empty()) {
        absl::StrAppend(&text, " [", RuleIds(procedure.reasons()), "]");
      }
      absl::StrAppend(&out_, WrapText(text, kIndent));
      return;
    }
    const bool barred = procedure.verdict() == ProcedureAdvice::NOT_ALLOWED;
    for (const v1::Finding& reason : procedure.reasons()) {
      const std::string& told =
          barred ? reason.message()
                 : (reason.remedy().empty() ? reason.title() : reason.remedy());
      AppendReason(
          absl::StrCat(barred ? words_.because : words_.condition, ": ", told),
          reason);
      if (!barred && !reason.missing().empty()) {
        absl::StrAppend(
            &out_, WrapText(absl::StrCat(words_.not_stated, ": ",
                                         absl::StrJoin(reason.missing(), ", ")),
                            kIndent));
      }
    }
  }

  void AppendReason(absl::string_view text, const v1::Finding& reason) {
    std::string whole = WithProvisions(text, reason.legal_basis());
    if (!reason.rule_id().empty()) {
      absl::StrAppend(&whole, " [", reason.rule_id(), "]");
    }
    absl::StrAppend(&out_, WrapText(whole, kIndent));
  }

  void AppendStep(const v1::TimeStep& step, absl::string_view indent) {
    std::vector<std::string> parts;
    const auto days = [](absl::string_view form, int number) {
      return absl::StrReplaceAll(form, {{"{0}", absl::StrCat(number)}});
    };
    parts.push_back(step.has_days_min() ? days(words_.at_least, step.days_min())
                                        : std::string(words_.no_fixed));
    if (step.has_days_sure()) {
      parts.push_back(days(words_.sure, step.days_sure()));
    }
    if (step.has_days_advised() && step.days_advised() != step.days_sure()) {
      parts.push_back(days(words_.advised, step.days_advised()));
    }
    for (const v1::TimeStep::Reduction& reduction : step.reductions()) {
      parts.push_back(absl::StrReplaceAll(
          words_.reduced, {{"{0}", absl::StrCat(reduction.days_min())},
                           {"{1}", reduction.title()}}));
    }
    if (!step.missing().empty()) {
      parts.push_back(absl::StrCat(words_.depends_on, " ",
                                   absl::StrJoin(step.missing(), ", ")));
    }
    const std::string rules =
        step.reasons().empty()
            ? ""
            : absl::StrCat(" [", RuleIds(step.reasons()), "]");
    absl::StrAppend(&out_, WrapText(absl::StrCat(step.title(), ": ",
                                                 absl::StrJoin(parts, "; "),
                                                 ". ", step.from_date(), " – ",
                                                 step.to_date(), rules),
                                    indent));
  }

  // The grounds: those that may be used with their conditions, the others by
  // name.
  void AppendDirectAwards() {
    bool first = true;
    for (const ProcedureAdvice& procedure : advice_.procedures()) {
      const bool usable =
          procedure.verdict() == ProcedureAdvice::ALLOWED ||
          procedure.verdict() == ProcedureAdvice::ALLOWED_ON_CONDITIONS;
      if (!IsDirectAward(procedure) || !usable) continue;
      if (first) {
        Heading(words_.direct_awards);
        // The waiting time is the same for every ground.
        for (const v1::TimeStep& step : procedure.steps())
          AppendStep(step, "  ");
      }
      first = false;
      AppendGround(procedure);
    }
    AppendNames(words_.open_direct_awards, ProcedureAdvice::UNDECIDED);
    AppendNames(words_.no_direct_awards, ProcedureAdvice::NOT_ALLOWED);
  }

  // One ground in few lines: there are many, and their rules can be explained.
  void AppendGround(const ProcedureAdvice& procedure) {
    std::set<std::string> missing;
    for (const v1::Finding& reason : procedure.reasons())
      missing.insert(reason.missing().begin(), reason.missing().end());
    absl::StrAppend(
        &out_, "  ",
        Paint("1", WithProvisions(procedure.title(), procedure.legal_basis())),
        "\n");
    if (!missing.empty()) {
      absl::StrAppend(&out_,
                      WrapText(absl::StrCat(words_.to_be_met, ": ",
                                            absl::StrJoin(missing, ", ")),
                               kIndent));
    }
    if (!procedure.reasons().empty()) {
      absl::StrAppend(
          &out_, WrapText(absl::StrCat("[", RuleIds(procedure.reasons()), "]"),
                          kIndent));
    }
  }

  void AppendNames(absl::string_view heading,
                   ProcedureAdvice::Verdict verdict) {
    std::vector<std::string> names;
    for (const ProcedureAdvice& procedure : advice_.procedures()) {
      if (IsDirectAward(procedure) && procedure.verdict() == verdict) {
        names.push_back(procedure.title());
      }
    }
    if (names.empty()) return;
    Heading(heading);
    absl::StrAppend(&out_, WrapText(absl::StrJoin(names, "; "), "  "));
  }

  void AppendOpenFacts() {
    if (advice_.open_facts().empty()) return;
    Heading(words_.open_facts);
    const auto row = [&](absl::string_view rules, absl::string_view alone,
                         absl::string_view procedures, absl::string_view path) {
      absl::StrAppend(&out_, "  ", PadTo(rules, CodePointCount(words_.rules)),
                      "  ", PadTo(alone, CodePointCount(words_.alone)), "  ",
                      PadTo(procedures, CodePointCount(words_.open_procedures)),
                      "  ", path, "\n");
    };
    row(words_.rules, words_.alone, words_.open_procedures, words_.fact);
    for (int i = 0; i < advice_.open_facts_size() && i < kShownFacts; ++i) {
      const v1::OpenFact& fact = advice_.open_facts(i);
      row(absl::StrCat(fact.rule_count()), absl::StrCat(fact.alone_count()),
          absl::StrCat(fact.procedure_count()),
          fact.bt_id().empty()
              ? fact.path()
              : absl::StrCat(fact.path(), " (", fact.bt_id(), ")"));
    }
  }

  void AppendOpportunities() {
    if (advice_.opportunities().empty()) return;
    Heading(words_.opportunities);
    for (const v1::AdvisedOpportunity& opportunity : advice_.opportunities()) {
      absl::StrAppend(
          &out_, "  ", Paint("1", opportunity.title()),
          opportunity.is_rule() ? absl::StrCat("  [", opportunity.id(), "]")
                                : "",
          "\n",
          WrapText(
              WithProvisions(opportunity.text(), opportunity.legal_basis()),
              kIndent));
    }
  }

  const v1::AdviseProcedureResponse& advice_;
  const AdviceWords& words_;
  const bool color_;
  std::string out_;
};

}  // namespace

std::string AdviceText(const v1::AdviseProcedureResponse& advice,
                       const ReportOptions& options) {
  return AdviceWriter(advice, options).Write();
}

std::string AdviceJson(const v1::AdviseProcedureResponse& advice) {
  std::string json;
  // Fails only for well-known types with contents that JSON cannot hold; the
  // response has none.
  const auto status =
      google::protobuf::util::MessageToJsonString(advice, &json);
  return status.ok() ? absl::StrCat(json, "\n") : "{}\n";
}

}  // namespace klausul::report
