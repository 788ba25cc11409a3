#include "service/review/rule_choice.h"

#include "absl/strings/str_cat.h"
#include <google/protobuf/repeated_ptr_field.h>

namespace klausul::review {
namespace {

using engine::Language;

// The country whose only currency it is; empty for the euro and others.
absl::string_view CountryOfCurrency(absl::string_view currency) {
  if (currency == "NOK") return "NO";
  if (currency == "DKK") return "DK";
  if (currency == "GBP") return "GB";
  return "";
}

// The currency of the plan's main amount, or empty.
absl::string_view MainCurrency(const v1::ProcurementPlan& plan) {
  if (!plan.contract().estimated_value().currency_code().empty()) {
    return plan.contract().estimated_value().currency_code();
  }
  if (!plan.framework().maximum_value().currency_code().empty()) {
    return plan.framework().maximum_value().currency_code();
  }
  for (const v1::Lot& lot : plan.lots()) {
    if (!lot.contract().estimated_value().currency_code().empty()) {
      return lot.contract().estimated_value().currency_code();
    }
  }
  return "";
}

std::string NoRulesNote(absl::string_view country, Language language) {
  switch (language) {
    case Language::kEnglish:
      return absl::StrCat("no rules for the buyer's country `", country,
                          "`: read, not evaluated");
    case Language::kNynorsk:
      return absl::StrCat("ingen reglar for landet til oppdragsgivaren, `",
                          country, "`: lese, ikkje vurdert");
    default:
      return absl::StrCat("ingen regler for oppdragsgiverens land, `", country,
                          "`: lest, ikke vurdert");
  }
}

std::string NoCountryNote(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "`buyer.country` is not stated, so no rules were chosen; name "
             "them with the option for rule sets";
    case Language::kNynorsk:
      return "`buyer.country` er ikkje oppgitt, så ingen reglar er valde; "
             "oppgi "
             "regelsett i kallet";
    default:
      return "`buyer.country` er ikke oppgitt, så ingen regler er valgt; oppgi "
             "regelsett i kallet";
  }
}

std::string ByCurrencyNote(absl::string_view currency, absl::string_view id,
                           Language language) {
  switch (language) {
    case Language::kEnglish:
      return absl::StrCat("`buyer.country` is not stated; the rules `", id,
                          "` were chosen by the currency ", currency);
    case Language::kNynorsk:
      return absl::StrCat("`buyer.country` er ikkje oppgitt; reglane `", id,
                          "` er valde etter valutaen ", currency);
    default:
      return absl::StrCat("`buyer.country` er ikke oppgitt; reglene `", id,
                          "` er valgt etter valutaen ", currency);
  }
}

}  // namespace

RuleChoice ChooseRules(const RuleCatalogue& catalogue,
                       const v1::ProcurementPlan& plan,
                       const v1::EvaluateOptions& options, Language language) {
  RuleChoice choice;
  if (options.rule_sets_size() > 0) {
    choice.ids.assign(options.rule_sets().begin(), options.rule_sets().end());
    return choice;
  }
  const std::string& country = plan.buyer().country();
  if (!country.empty()) {
    choice.ids = catalogue.repository().IdsForCountry(country);
    if (choice.ids.empty()) {
      choice.notes.push_back(NoRulesNote(country, language));
    }
    return choice;
  }
  const absl::string_view currency = MainCurrency(plan);
  choice.ids =
      catalogue.repository().IdsForCountry(CountryOfCurrency(currency));
  if (choice.ids.empty()) {
    choice.notes.push_back(NoCountryNote(language));
  } else {
    choice.notes.push_back(
        ByCurrencyNote(currency, choice.ids.front(), language));
  }
  return choice;
}

}  // namespace klausul::review
