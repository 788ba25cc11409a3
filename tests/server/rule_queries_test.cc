#include "service/server/rule_queries.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace klausul::server {
namespace {

using ruleset::RuleSetRepository;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

void SetText(absl::string_view text, v1::Text& to) {
  (*to.mutable_by_language())["nb"] = absl::StrCat(text, " nb");
  (*to.mutable_by_language())["en"] = absl::StrCat(text, " en");
}

std::shared_ptr<v1::RuleSet> MakeSet(const std::string& id, int rule_count) {
  auto set = std::make_shared<v1::RuleSet>();
  set->set_id(id);
  set->set_version("1");
  SetText(id, *set->mutable_title());
  set->add_parameters()->set_id(id + ".parameter");
  set->add_facts()->set_name("fact");
  for (int i = 0; i < rule_count; ++i) {
    v1::Rule& rule = *set->add_rules();
    rule.set_id(absl::StrCat(id, ".rule", i));
    SetText("title", *rule.mutable_title());
    rule.add_examples()->set_name("an example");
  }
  return set;
}

// `no.oslo` with 2 rules, `no` with 5, `eu` with none.
std::shared_ptr<const RuleSetRepository> Repository() {
  return RuleSetRepository::FromRuleSets(
      {MakeSet("no.oslo", 2), MakeSet("no", 5), MakeSet("eu", 0)});
}

// The same in service since 2026-03-01.
Served InService() {
  auto catalogue = std::make_shared<const review::RuleCatalogue>(Repository());
  return {catalogue, review::Reviewer(catalogue), "",
          absl::FromUnixSeconds(1'772'323'200), nullptr};
}

template <typename List>
std::vector<std::string> Ids(const List& list) {
  std::vector<std::string> ids;
  for (const auto& item : list)
    ids.push_back(item.id());
  return ids;
}

v1::ListRulesResponse Rules(const v1::ListRulesRequest& request) {
  v1::ListRulesResponse response;
  const auto error = ListRules(*Repository(), request, response);
  EXPECT_FALSE(error.has_value()) << error->message;
  return response;
}

std::string RulesError(const v1::ListRulesRequest& request) {
  v1::ListRulesResponse response;
  const auto error = ListRules(*Repository(), request, response);
  if (!error.has_value()) return "";
  EXPECT_EQ(error->code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(error->fields, SizeIs(1));
  return error->message;
}

TEST(ListRuleSetsTest, ListsByIdWithoutContents) {
  v1::ListRuleSetsResponse response;
  ASSERT_FALSE(ListRuleSets(InService(), {}, response).has_value());
  EXPECT_THAT(Ids(response.rule_sets()), ElementsAre("eu", "no", "no.oslo"));
  EXPECT_EQ(response.next_page_token(), "");
  EXPECT_THAT(response.rule_sets(1).rules(), IsEmpty());
  EXPECT_THAT(response.rule_sets(1).facts(), IsEmpty());
  EXPECT_THAT(response.rule_sets(1).parameters(), IsEmpty());
  EXPECT_EQ(response.rule_sets(1).version(), "1");
}

TEST(ListRuleSetsTest, Pages) {
  v1::ListRuleSetsRequest request;
  request.set_page_size(2);
  v1::ListRuleSetsResponse first;
  ASSERT_FALSE(ListRuleSets(InService(), request, first).has_value());
  EXPECT_THAT(Ids(first.rule_sets()), ElementsAre("eu", "no"));
  request.set_page_token(first.next_page_token());
  v1::ListRuleSetsResponse second;
  ASSERT_FALSE(ListRuleSets(InService(), request, second).has_value());
  EXPECT_THAT(Ids(second.rule_sets()), ElementsAre("no.oslo"));
  EXPECT_EQ(second.next_page_token(), "");
}

TEST(GetRuleSetTest, ShowsItWholeButForExamples) {
  v1::GetRuleSetRequest request;
  request.set_id("no");
  v1::RuleSet set;
  ASSERT_FALSE(GetRuleSet(InService(), request, set).has_value());
  EXPECT_THAT(set.rules(), SizeIs(5));
  EXPECT_THAT(set.facts(), SizeIs(1));
  EXPECT_THAT(set.rules(0).examples(), IsEmpty());
  EXPECT_THAT(set.title().by_language(), SizeIs(2));
}

TEST(GetRuleSetTest, SpeaksOneLanguageWhereAsked) {
  v1::GetRuleSetRequest request;
  request.set_id("no");
  request.set_language("en");
  v1::RuleSet set;
  ASSERT_FALSE(GetRuleSet(InService(), request, set).has_value());
  EXPECT_THAT(set.title().by_language(), ElementsAre(Pair("en", "no en")));
  EXPECT_THAT(set.rules(4).title().by_language(),
              ElementsAre(Pair("en", "title en")));
}

TEST(GetRuleSetTest, TellsSinceWhenItServesAndWhatWasRefused) {
  Served served = InService();
  v1::RefusedUpdate refused;
  refused.set_message("an example fails");
  refused.add_diagnostics("error[x]: y");
  served.refused = std::make_shared<const v1::RefusedUpdate>(refused);
  v1::GetRuleSetRequest request;
  request.set_id("no");
  v1::RuleSet set;
  ASSERT_FALSE(GetRuleSet(served, request, set).has_value());
  EXPECT_EQ(set.load_time().seconds(), 1'772'323'200);
  EXPECT_THAT(set.refused_update().diagnostics(), ElementsAre("error[x]: y"));
  v1::ListRuleSetsResponse list;
  ASSERT_FALSE(ListRuleSets(served, {}, list).has_value());
  EXPECT_EQ(list.rule_sets(0).refused_update().message(), "an example fails");
  EXPECT_EQ(list.rule_sets(0).refused_update().diagnostics_size(), 0);
  ASSERT_FALSE(GetRuleSet(InService(), request, set).has_value());
  EXPECT_FALSE(set.has_refused_update());
}

TEST(GetRuleSetTest, SaysWhatIsWrong) {
  v1::RuleSet set;
  v1::GetRuleSetRequest request;
  auto error = GetRuleSet(InService(), request, set);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "id: the id of a rule set is required");
  request.set_id("no.osl");
  error = GetRuleSet(InService(), request, set);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kNotFound);
  EXPECT_EQ(error->reason, "RULE_SET_NOT_FOUND");
  EXPECT_EQ(error->message, "no rule set `no.osl`; did you mean `no.oslo`?");
  request.set_id("no");
  request.set_language("da");
  error = GetRuleSet(InService(), request, set);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "language: no language `da`; known: nb, nn, en");
}

TEST(ListRulesTest, ListsAllSetsByIdWithoutExamples) {
  const v1::ListRulesResponse response = Rules({});
  EXPECT_THAT(Ids(response.rules()),
              ElementsAre("no.oslo.rule0", "no.oslo.rule1", "no.rule0",
                          "no.rule1", "no.rule2", "no.rule3", "no.rule4"));
  EXPECT_THAT(response.rules(0).examples(), IsEmpty());
}

TEST(ListRulesTest, ListsOneSet) {
  v1::ListRulesRequest request;
  request.set_rule_set("no.oslo");
  request.set_language("nb");
  const v1::ListRulesResponse response = Rules(request);
  EXPECT_THAT(Ids(response.rules()),
              ElementsAre("no.oslo.rule0", "no.oslo.rule1"));
  EXPECT_THAT(response.rules(0).title().by_language(),
              ElementsAre(Pair("nb", "title nb")));
}

TEST(ListRulesTest, PagesJoinToTheWhole) {
  v1::ListRulesRequest request;
  request.set_page_size(3);
  std::vector<std::string> ids;
  int pages = 0;
  do {
    const v1::ListRulesResponse response = Rules(request);
    for (const std::string& id : Ids(response.rules()))
      ids.push_back(id);
    request.set_page_token(response.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(ids, Ids(Rules({}).rules()));
}

TEST(ListRulesTest, AFullLastPageHasNoToken) {
  v1::ListRulesRequest request;
  request.set_page_size(7);
  EXPECT_EQ(Rules(request).next_page_token(), "");
  request.set_page_size(6);
  EXPECT_NE(Rules(request).next_page_token(), "");
}

TEST(ListRulesTest, PageSizeIsBounded) {
  v1::ListRulesRequest request;
  request.set_page_size(kMaxPageSize + 1);
  EXPECT_THAT(Rules(request).rules(), SizeIs(7));
  request.set_page_size(-1);
  EXPECT_EQ(RulesError(request),
            "page_size: is -1; must lie between 1 and 1000, or be 0 for 100");
}

TEST(ListRulesTest, ATokenHoldsForItsOwnListOnly) {
  v1::ListRulesRequest request;
  request.set_page_size(1);
  request.set_page_token(Rules(request).next_page_token());
  request.set_page_size(2);
  EXPECT_THAT(Rules(request).rules(), SizeIs(2));
  request.set_rule_set("no");
  EXPECT_THAT(RulesError(request), HasSubstr("not a token of this list"));
  request.set_rule_set("");
  request.set_language("nb");
  EXPECT_THAT(RulesError(request), HasSubstr("not a token of this list"));
  request.set_language("");
  request.set_page_token("2");
  EXPECT_THAT(RulesError(request), HasSubstr("not a token of this list"));
}

TEST(ListRulesTest, AnUnknownSetGetsASuggestion) {
  v1::ListRulesRequest request;
  request.set_rule_set("no.olso");
  EXPECT_EQ(RulesError(request),
            "rule_set: no rule set `no.olso`; did you mean `no.oslo`?");
  request.set_rule_set(std::string(1000, 'x'));
  EXPECT_EQ(RulesError(request),
            "rule_set: has 1000 bytes; an id has at most 256");
}

TEST(GetRuleTest, ShowsExamplesToo) {
  v1::GetRuleRequest request;
  request.set_id("no.oslo.rule1");
  request.set_language("en");
  v1::Rule rule;
  ASSERT_FALSE(GetRule(*Repository(), request, rule).has_value());
  EXPECT_EQ(rule.id(), "no.oslo.rule1");
  EXPECT_THAT(rule.examples(), SizeIs(1));
  EXPECT_THAT(rule.title().by_language(), SizeIs(1));
}

TEST(GetRuleTest, SaysWhatIsWrong) {
  v1::Rule rule;
  v1::GetRuleRequest request;
  EXPECT_EQ(GetRule(*Repository(), request, rule)->message,
            "id: the id of a rule is required");
  request.set_id("no.oslo.rule");
  const auto error = GetRule(*Repository(), request, rule);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, absl::StatusCode::kNotFound);
  EXPECT_EQ(error->reason, "RULE_NOT_FOUND");
  EXPECT_THAT(error->message,
              HasSubstr("no rule `no.oslo.rule`; did you mean `no."));
  request.set_id(std::string(257, 'x'));
  EXPECT_EQ(GetRule(*Repository(), request, rule)->message,
            "id: has 257 bytes; an id has at most 256");
}

}  // namespace
}  // namespace klausul::server
