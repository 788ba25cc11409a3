// The published and test notices of KLAUSUL_SHARED_DIR, which are other
// people's and not part of this repository, against the facts that a plain
// script pulled out of them. An extra: where the folder is missing, the test
// says so and is skipped.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "rapidjson/document.h"

#include "service/intake/eforms/codes.h"
#include "service/intake/eforms/eforms.h"
#include "service/intake/eforms/values.h"

namespace klausul::intake::eforms {
namespace {

namespace fs = std::filesystem;
using Json = rapidjson::Value;
using Strings = std::multiset<std::string>;

fs::path Samples() {
  return fs::path(KLAUSUL_SHARED_DIR) / "samples" / "eforms";
}

std::string ReadBytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The member of that name as text; empty where it is missing.
std::string Get(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsString()) return "";
  return found->value.GetString();
}

Strings GetAll(const Json& object, const char* name) {
  Strings all;
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsArray()) return all;
  for (const Json& entry : found->value.GetArray()) {
    if (entry.IsString() && entry.GetStringLength() > 0) {
      all.insert(entry.GetString());
    }
  }
  return all;
}

std::string DayText(const v1::Date& date) {
  char text[32];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year(), date.month(),
                date.day());
  return text;
}

std::string TimeText(const v1::TimeOfDay& time) {
  char text[48];
  std::snprintf(text, sizeof(text), "%02d:%02d:%02d", time.hours(),
                time.minutes(), time.seconds());
  return text;
}

// Compares the facts of one file with its plan. Counts what it has compared,
// so that a test which compares nothing does not pass as good.
class Comparison {
 public:
  Comparison(const Json& facts, const v1::ProcurementPlan& plan)
      : facts_(facts), plan_(plan) {}

  int count() const { return count_; }

  void Run() {
    CompareNotice();
    CompareBuyers();
    CompareProcedure();
    CompareResult();
    CompareLots();
  }

 private:
  // A fact that the file does not have is not compared.
  void Same(const std::string& want, const std::string& got,
            const std::string& what) {
    if (want.empty()) return;
    ++count_;
    EXPECT_EQ(got, want) << what;
  }

  void SameDay(const std::string& want, const v1::Date& got, bool stated,
               const std::string& what) {
    if (want.empty()) return;
    ++count_;
    EXPECT_TRUE(stated) << what;
    EXPECT_EQ(DayText(got), want.substr(0, 10)) << what;
  }

  void SameMoney(const Json& object, const char* name, const v1::Money& got,
                 const std::string& what) {
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd()) return;
    const auto want =
        ReadMoney(Get(found->value, "amount"), Get(found->value, "currency"));
    if (!want.has_value() || (want->units() == 0 && want->nanos() <= 1e8)) {
      return;
    }
    ++count_;
    EXPECT_EQ(got.currency_code(), want->currency_code()) << what;
    EXPECT_EQ(got.units(), want->units()) << what;
    EXPECT_EQ(got.nanos(), want->nanos()) << what;
  }

  template <typename List>
  void SameSet(const Strings& want, const List& got, const std::string& what) {
    if (want.empty()) return;
    ++count_;
    EXPECT_EQ(std::set<std::string>(got.begin(), got.end()),
              std::set<std::string>(want.begin(), want.end()))
        << what;
  }

  template <typename List>
  void Holds(const Strings& want, const List& got, const std::string& what) {
    for (const std::string& entry : want) {
      ++count_;
      EXPECT_NE(std::find(got.begin(), got.end(), entry), got.end())
          << what << " lacks " << entry;
    }
  }

  bool StatedEmpty(const std::string& path) const {
    const auto& stated = plan_.stated_empty();
    return std::find(stated.begin(), stated.end(), path) != stated.end();
  }

  // Codes of a list where `none` states the list as none.
  template <typename List>
  void SameCodes(Strings want, const List& got, const std::string& path) {
    for (const char* word : {"", "not-known"})
      want.erase(word);
    if (want.count("none") > 0) {
      ++count_;
      EXPECT_TRUE(StatedEmpty(path)) << path;
      want.erase("none");
    }
    SameSet(want, got, path);
  }

  const v1::Notice& Notice() const {
    const v1::Notices& notices = plan_.notices();
    for (const v1::Notice* notice :
         {&notices.planning(), &notices.prior(), &notices.consultation(),
          &notices.call(), &notices.transparency(), &notices.award(),
          &notices.modification(), &notices.completion()}) {
      if (notice->ByteSizeLong() > 0) return *notice;
    }
    return notices.call();
  }

  void CompareNotice() {
    const v1::Notice& notice = Notice();
    Same(Get(facts_, "subtype"), notice.subtype_code(), "subtype");
    Same(Get(facts_, "noticeType"), notice.type_code(), "noticeType");
    Same(Get(facts_, "formType"), plan_.stage_code(), "formType");
    Same(Get(facts_, "legalBasis"), plan_.regime_code(), "legalBasis");
    EXPECT_NE(plan_.stage(), v1::STAGE_UNSPECIFIED);
    const v1::Dates& dates = plan_.dates();
    const std::string sent = Get(facts_, "dispatch");
    if (dates.has_notice_sent()) {
      SameDay(sent, dates.notice_sent(), true, "dispatch");
    } else if (dates.has_prior_notice_sent()) {
      SameDay(sent, dates.prior_notice_sent(), true, "dispatch");
    } else if (dates.has_award_notice_sent()) {
      SameDay(sent, dates.award_notice_sent(), true, "dispatch");
    }
    if (dates.has_notice_published()) {
      SameDay(Get(facts_, "publication"), dates.notice_published(), true,
              "publication");
    }
    Strings languages;
    for (const std::string& code : GetAll(facts_, "languages")) {
      languages.insert(ReadLanguage(code).value_or(code));
    }
    SameSet(languages, notice.languages(), "languages");
    if (facts_.HasMember("localLegalBasis")) {
      Strings ids;
      for (const Json& law : facts_["localLegalBasis"].GetArray()) {
        if (Get(law, "id") != "CrossBorderLaw") ids.insert(Get(law, "id"));
      }
      std::vector<std::string> got;
      for (const v1::NamedLaw& law : plan_.legal_bases()) {
        got.push_back(law.id());
      }
      ids.erase("");
      SameSet(ids, got, "localLegalBasis");
    }
  }

  void CompareBuyers() {
    if (!facts_.HasMember("buyers")) return;
    Strings countries;
    Strings types;
    for (const Json& buyer : facts_["buyers"].GetArray()) {
      if (!Get(buyer, "country").empty()) {
        countries.insert(ReadCountry(Get(buyer, "country")).value_or(""));
      }
      if (!Get(buyer, "legalType").empty()) {
        types.insert(Get(buyer, "legalType"));
      }
    }
    Strings got_countries;
    Strings got_types;
    const auto add = [&](const auto& party) {
      if (party.has_country()) got_countries.insert(party.country());
      if (party.has_legal_type_code()) {
        got_types.insert(party.legal_type_code());
      }
    };
    add(plan_.buyer());
    for (const v1::Party& party : plan_.buyer().co_buyers())
      add(party);
    ++count_;
    EXPECT_EQ(got_countries, countries);
    EXPECT_EQ(got_types, types);
    EXPECT_EQ(plan_.buyer().co_buyers_size() + 1,
              static_cast<int>(facts_["buyers"].Size()));
  }

  void CompareProcedure() {
    Same(Get(facts_, "procedureType"), plan_.procedure().kind_code(),
         "procedureType");
    Same(Get(facts_, "maxLotsSubmitted"),
         absl::StrCat(plan_.division().max_lots_tendered()),
         "maxLotsSubmitted");
    Same(Get(facts_, "maxLotsAwarded"),
         absl::StrCat(plan_.division().max_lots_awarded()), "maxLotsAwarded");
    SameSet(GetAll(facts_, "exclusionGrounds"), plan_.exclusion().grounds(),
            "exclusionGrounds");
    if (facts_.HasMember("justifications")) {
      for (const Json& entry : facts_["justifications"].GetArray()) {
        if (Get(entry, "list") == "accelerated-procedure") {
          Same(Get(entry, "code"),
               plan_.procedure().urgent() ? "true" : "false", "accelerated");
        } else {
          Same(Get(entry, "code"), plan_.direct_award().ground_code(),
               "direct award");
        }
      }
    }
    if (!facts_.HasMember("project")) return;
    const Json& project = facts_["project"];
    Same(Get(project, "nature"), plan_.contract().nature_code(), "nature");
    Same(Get(project, "cpvMain"), plan_.contract().cpv_main(), "cpvMain");
    Holds(GetAll(project, "cpvAdditional"), plan_.contract().cpv_additional(),
          "cpvAdditional");
    SameMoney(project, "estimatedValue", plan_.contract().estimated_value(),
              "estimatedValue");
    SameMoney(project, "frameworkMaximum", plan_.framework().maximum_value(),
              "frameworkMaximum");
    std::vector<std::string> nuts;
    for (const v1::Place& place : plan_.contract().places()) {
      nuts.push_back(place.nuts());
    }
    Holds(GetAll(project, "nuts"), nuts, "nuts");
  }

  void CompareResult() {
    if (!facts_.HasMember("result")) return;
    const Json& result = facts_["result"];
    SameMoney(result, "total", plan_.decision().total_value(), "total");
    if (!result.HasMember("lotResults") || result["lotResults"].Size() != 1) {
      return;
    }
    const Json& only = result["lotResults"][0];
    Same(Get(only, "reason"), plan_.decision().cancellation_reason_code(),
         "no award");
    if (Get(only, "result") == "clos-nw") {
      ++count_;
      EXPECT_EQ(plan_.stage(), v1::STAGE_CANCELLED);
    }
    if (only.HasMember("received")) {
      Same(Get(only["received"], "tenders"),
           absl::StrCat(plan_.procedure().tender_count()), "tenders");
    }
  }

  void CompareLots() {
    if (!facts_.HasMember("lots")) return;
    std::vector<const Json*> lots;
    std::vector<const Json*> parts;
    for (const Json& lot : facts_["lots"].GetArray()) {
      const std::string kind = Get(lot, "kind");
      if (kind == "Lot") lots.push_back(&lot);
      if (kind == "Part") parts.push_back(&lot);
    }
    if (lots.empty()) lots = parts;
    ++count_;
    if (lots.size() == 1) {
      EXPECT_EQ(plan_.lots_size(), 0);
      EXPECT_FALSE(plan_.division().divided());
      Same(Get(*lots[0], "id"), plan_.division().undivided_lot_id(), "lot id");
      // What the procedure tells too was compared there and stands before it.
      CompareShared(*lots[0], plan_, true);
      CompareLot(*lots[0], plan_, "");
      return;
    }
    ASSERT_EQ(plan_.lots_size(), static_cast<int>(lots.size()));
    for (std::size_t i = 0; i < lots.size(); ++i) {
      const v1::Lot& lot = plan_.lots(static_cast<int>(i));
      Same(Get(*lots[i], "id"), lot.id(), "lot id");
      CompareShared(*lots[i], lot, false);
      CompareLot(*lots[i], lot, absl::StrCat("lots[", i, "]."));
    }
  }

  template <typename Target>
  void CompareShared(const Json& facts, const Target& target, bool lifted) {
    const auto told_above = [&](const char* name) {
      return lifted && facts_.HasMember("project") &&
             facts_["project"].HasMember(name);
    };
    if (!told_above("nature")) {
      Same(Get(facts, "nature"), target.contract().nature_code(), "nature");
    }
    if (!told_above("cpvMain")) {
      Same(Get(facts, "cpvMain"), target.contract().cpv_main(), "cpvMain");
    }
    Holds(GetAll(facts, "cpvAdditional"), target.contract().cpv_additional(),
          "cpvAdditional");
    if (!told_above("estimatedValue")) {
      SameMoney(facts, "estimatedValue", target.contract().estimated_value(),
                "estimatedValue of the lot");
    }
    if (!told_above("frameworkMaximum")) {
      SameMoney(facts, "frameworkMaximum", target.framework().maximum_value(),
                "frameworkMaximum of the lot");
    }
    if (!told_above("duration")) {
      SameSpan(Get(facts, "duration"), target.term().duration(), "duration");
    }
    if (Get(facts, "durationOther") == "UNLIMITED" && !told_above("duration")) {
      ++count_;
      EXPECT_TRUE(target.term().duration().indefinite());
    }
    if (!told_above("start")) {
      SameDay(Get(facts, "start"), target.term().start_date(),
              target.term().has_start_date(), "start");
    }
    if (!told_above("end")) {
      SameDay(Get(facts, "end"), target.term().end_date(),
              target.term().has_end_date(), "end");
    }
    if (!told_above("renewalsMax")) {
      Same(Get(facts, "renewalsMax"),
           absl::StrCat(target.term().renewal_count()), "renewalsMax");
    }
  }

  void SameSpan(const std::string& want, const v1::Span& got,
                const std::string& what) {
    if (want.empty()) return;
    const std::vector<std::string> words = absl::StrSplit(want, ' ');
    if (words.size() != 2) return;
    const auto span = ReadDuration(words[0], words[1]);
    if (!span.has_value()) return;
    ++count_;
    EXPECT_EQ(got.months(), span->months()) << what;
    EXPECT_EQ(got.days(), span->days()) << what;
  }

  // `2024-05-09+02:00 12:00:00+02:00`.
  void SameDeadline(const std::string& want, bool stated, const v1::Date& day,
                    const v1::TimeOfDay& time, const std::string& what) {
    if (want.empty()) return;
    SameDay(want, day, stated, what);
    const std::vector<std::string> words = absl::StrSplit(want, ' ');
    if (words.size() == 2 && words[1].size() >= 8) {
      Same(words[1].substr(0, 8), TimeText(time), what);
    }
  }

  template <typename Target>
  void CompareLot(const Json& facts, const Target& target,
                  const std::string& prefix) {
    Same(Get(facts, "esubmission"), target.submission().electronic_code(),
         "esubmission");
    Same(Get(facts, "variants"), target.submission().variants_code(),
         "variants");
    Same(Get(facts, "framework"), target.framework().kind_code(), "framework");
    if (plan_.dps().kind() != v1::DPS_KIND_QUALIFICATION_SYSTEM) {
      Same(Get(facts, "dps"), target.dps().kind_code(), "dps");
    }
    Same(Get(facts, "recurring"),
         target.contract().recurrent() ? "true" : "false", "recurring");
    Same(Get(facts, "sme"), target.social().sme_suitable() ? "true" : "false",
         "sme");
    Same(Get(facts, "frameworkMaxParticipants"),
         absl::StrCat(target.framework().max_participants()), "participants");
    SameSpan(Get(facts, "tenderValidity"), target.submission().validity(),
             "tenderValidity");
    CompareDates(facts, target.dates());
    CompareCodes(facts, target, prefix);
    CompareCriteria(facts, target.award());
    CompareSelection(facts, target, prefix);
  }

  void CompareDates(const Json& facts, const v1::Dates& dates) {
    SameDeadline(Get(facts, "deadlineTenders"), dates.has_tender_deadline(),
                 dates.tender_deadline(), dates.tender_deadline_time(),
                 "deadlineTenders");
    SameDeadline(Get(facts, "deadlineRequests"), dates.has_request_deadline(),
                 dates.request_deadline(), dates.request_deadline_time(),
                 "deadlineRequests");
    const std::string interest = Get(facts, "deadlineInterest");
    if (!interest.empty()) {
      SameDay(interest, dates.interest_deadline(),
              dates.has_interest_deadline(), "deadlineInterest");
    }
  }

  template <typename Target>
  void CompareCodes(const Json& facts, const Target& target,
                    const std::string& prefix) {
    SameCodes(GetAll(facts, "reservedParticipation"),
              target.reserved().kinds_codes(), prefix + "reserved.kinds");
    SameCodes(GetAll(facts, "strategic"), target.aims().strategic_codes(),
              prefix + "aims.strategic");
    SameCodes(GetAll(facts, "social"), target.aims().social_codes(),
              prefix + "aims.social");
    SameCodes(GetAll(facts, "environmental"), target.aims().environment_codes(),
              prefix + "aims.environment_codes");
    SameCodes(GetAll(facts, "innovative"), target.aims().innovation_codes(),
              prefix + "aims.innovation_codes");
    SameSet(GetAll(facts, "accessibility"),
            Strings{target.universal_design().coverage_code()},
            "accessibility");
    for (const std::string& code : GetAll(facts, "reservedExecution")) {
      ++count_;
      EXPECT_EQ(target.reserved().has_sheltered_execution(),
                code != "not-known");
      EXPECT_EQ(target.reserved().sheltered_execution(), code == "yes");
    }
    for (const std::string& code : GetAll(facts, "ecatalogue")) {
      Same(code, target.submission().ecatalogue_code(), "ecatalogue");
    }
    Strings languages;
    for (const std::string& code : GetAll(facts, "languages")) {
      languages.insert(ReadLanguage(code).value_or(code));
    }
    SameSet(languages, target.submission().languages(), "tender languages");
    const Strings documents = GetAll(facts, "documentsRestricted");
    if (!documents.empty()) {
      ++count_;
      EXPECT_EQ(target.submission().documents_free_access(),
                documents.count("restricted-document") == 0);
    }
  }

  void CompareCriteria(const Json& facts, const v1::Award& award) {
    if (!facts.HasMember("awardCriteria")) return;
    int i = 0;
    for (const Json& criterion : facts["awardCriteria"].GetArray()) {
      const std::string type = Get(criterion, "type");
      // Norwegian claims are no criteria.
      if (absl::StartsWith(type, "quality-nor-env-") &&
          type != "quality-nor-env-criteria") {
        continue;
      }
      ASSERT_LT(i, award.criteria_size());
      const v1::Criterion& got = award.criteria(i++);
      Same(type, got.kind_code(), "criterion");
      const std::string weight = Get(criterion, "number-weight");
      const Strings numbers = GetAll(criterion, "number");
      double number = 0;
      if (numbers.size() != 1 || !absl::SimpleAtod(*numbers.begin(), &number)) {
        continue;
      }
      ++count_;
      if (absl::StartsWith(weight, "per-")) {
        EXPECT_EQ(got.weight(), number);
      } else if (absl::StartsWith(weight, "poi-")) {
        EXPECT_EQ(got.points(), number);
      }
    }
    EXPECT_EQ(i, award.criteria_size());
  }

  template <typename Target>
  void CompareSelection(const Json& facts, const Target& target,
                        const std::string& prefix) {
    if (!facts.HasMember("selectionCriteria")) return;
    Strings want;
    for (const Json& criterion : facts["selectionCriteria"].GetArray()) {
      const std::string usage = Get(criterion, "usage");
      if (usage == "n-used" || (!usage.empty() && SaysNothing(usage))) continue;
      if (!Get(criterion, "code").empty()) want.insert(Get(criterion, "code"));
    }
    Strings got;
    for (const auto& requirement : target.qualification().requirements()) {
      if (requirement.has_kind_code()) got.insert(requirement.kind_code());
    }
    ++count_;
    EXPECT_EQ(got, want) << prefix;
  }

  const Json& facts_;
  const v1::ProcurementPlan& plan_;
  int count_ = 0;
};

class SharedTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(Samples() / "facts.json")) {
      GTEST_SKIP() << "no sample notices under " << Samples()
                   << " (KLAUSUL_SHARED_DIR); nothing is compared";
    }
    facts_.Parse(ReadBytes(Samples() / "facts.json").c_str());
    ASSERT_TRUE(facts_.IsObject());
  }

  rapidjson::Document facts_;
};

TEST_F(SharedTest, EverySampleReads) {
  int read = 0;
  int refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(Samples())) {
    if (entry.path().extension() != ".xml") continue;
    const ReadResult result =
        ReadNotice(entry.path().filename(), ReadBytes(entry.path()), {});
    ++(result.ok() ? read : refused);
    EXPECT_TRUE(result.ok())
        << entry.path() << ": "
        << (result.diagnostics.empty() ? "" : Render(result.diagnostics[0]));
  }
  std::printf("read %d, refused %d, total %d\n", read, refused, read + refused);
  EXPECT_EQ(read, static_cast<int>(facts_.MemberCount()));
}

TEST_F(SharedTest, TheFactsAreReadAsTheScriptReadsThem) {
  int count = 0;
  for (const auto& member : facts_.GetObject()) {
    const std::string name = member.name.GetString();
    SCOPED_TRACE(name);
    const ReadResult result = ReadNotice(name, ReadBytes(Samples() / name), {});
    ASSERT_TRUE(result.ok());
    Comparison comparison(member.value, result.plan);
    comparison.Run();
    count += comparison.count();
  }
  std::printf("compared %d facts\n", count);
  EXPECT_GT(count, 1000);
}

}  // namespace
}  // namespace klausul::intake::eforms
