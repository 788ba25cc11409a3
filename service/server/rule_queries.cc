#include "service/server/rule_queries.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/time_util.h"

#include "service/engine/reason.h"
#include "service/server/page_token.h"
#include "service/server/text_filter.h"

namespace klausul::server {
namespace {

using ruleset::RuleSetRepository;

absl::optional<ServiceError> CheckLanguage(const std::string& language) {
  if (language.empty() || engine::ParseLanguage(language).has_value()) {
    return absl::nullopt;
  }
  return InvalidFields({{"language", absl::StrCat("no language `", language,
                                                  "`; known: nb, nn, en")}});
}

// `no rule `no.fao.7-9`; did you mean `no.foa.7-9`?`
std::string UnknownMessage(absl::string_view what, absl::string_view id,
                           const std::string& nearest) {
  std::string message = absl::StrCat("no ", what, " `", id, "`");
  if (!nearest.empty()) {
    absl::StrAppend(&message, "; did you mean `", nearest, "`?");
  }
  return message;
}

// Looking for the nearest name takes time by the length of the mistyped one.
constexpr std::size_t kMaxIdBytes = 256;

absl::optional<ServiceError> CheckId(absl::string_view field,
                                     absl::string_view id) {
  if (id.size() <= kMaxIdBytes) return absl::nullopt;
  return InvalidFields({{std::string(field),
                         absl::StrCat("has ", id.size(), " bytes; an id has ",
                                      "at most ", kMaxIdBytes)}});
}

std::string UnknownRuleSet(const RuleSetRepository& repository,
                           const std::string& id) {
  return UnknownMessage("rule set", id, repository.NearestSet(id));
}

// Which part of a list is asked for.
struct Page {
  std::size_t size = kDefaultPageSize;
  // The id that it starts after.
  std::string after;
};

template <typename Request>
absl::optional<ServiceError> ReadPage(const Request& request,
                                      absl::string_view list, Page& page) {
  if (request.page_size() < 0) {
    return InvalidFields(
        {{"page_size",
          absl::StrCat("is ", request.page_size(), "; must lie between 1 and ",
                       kMaxPageSize, ", or be 0 for ", kDefaultPageSize)}});
  }
  if (request.page_size() > 0) {
    page.size = std::min(request.page_size(), kMaxPageSize);
  }
  absl::optional<std::string> after = ReadPageToken(list, request.page_token());
  if (!after.has_value()) {
    return InvalidFields(
        {{"page_token",
          "not a token of this list: it must come from the page before, and "
          "the rest of the request must be the same"}});
  }
  page.after = *std::move(after);
  return absl::nullopt;
}

// By id, across sets.
std::vector<const v1::Rule*> RulesOf(const RuleSetRepository& repository,
                                     const std::string& rule_set) {
  std::vector<const v1::Rule*> rules;
  for (const auto* entry : repository.entries()) {
    if (!rule_set.empty() && entry->rule_set->id() != rule_set) continue;
    for (const v1::Rule& rule : entry->rule_set->rules()) {
      rules.push_back(&rule);
    }
  }
  std::sort(
      rules.begin(), rules.end(),
      [](const v1::Rule* a, const v1::Rule* b) { return a->id() < b->id(); });
  return rules;
}

// A copy without what takes most room in a set.
v1::RuleSet WithoutContents(const v1::RuleSet& set) {
  v1::RuleSet head;
  head.set_id(set.id());
  head.set_version(set.version());
  head.set_digest(set.digest());
  head.set_jurisdiction(set.jurisdiction());
  *head.mutable_title() = set.title();
  *head.mutable_extends() = set.extends();
  *head.mutable_instruments() = set.instruments();
  *head.mutable_calendars() = set.calendars();
  return head;
}

// What the service knows of a set beside its files.
void SetService(const Served& served, v1::RuleSet& set) {
  *set.mutable_load_time() =
      google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
          absl::ToUnixNanos(served.load_time));
  if (served.refused != nullptr)
    *set.mutable_refused_update() = *served.refused;
}

}  // namespace

absl::optional<ServiceError> ListRuleSets(
    const Served& served, const v1::ListRuleSetsRequest& request,
    v1::ListRuleSetsResponse& response) {
  constexpr absl::string_view kList = "ListRuleSets";
  Page page;
  absl::optional<ServiceError> error = ReadPage(request, kList, page);
  if (error.has_value()) return error;
  for (const auto* entry : served.catalogue->repository().entries()) {
    const v1::RuleSet& set = *entry->rule_set;
    if (set.id() <= page.after) continue;
    const auto sent = static_cast<std::size_t>(response.rule_sets_size());
    if (sent == page.size) {
      response.set_next_page_token(
          MakePageToken(kList, response.rule_sets().rbegin()->id()));
      break;
    }
    v1::RuleSet& head = *response.add_rule_sets();
    head = WithoutContents(set);
    SetService(served, head);
    if (head.has_refused_update()) {
      head.mutable_refused_update()->clear_diagnostics();
    }
  }
  return absl::nullopt;
}

absl::optional<ServiceError> GetRuleSet(const Served& served,
                                        const v1::GetRuleSetRequest& request,
                                        v1::RuleSet& rule_set) {
  if (request.id().empty()) {
    return InvalidFields({{"id", "the id of a rule set is required"}});
  }
  absl::optional<ServiceError> error = CheckId("id", request.id());
  if (!error.has_value()) error = CheckLanguage(request.language());
  if (error.has_value()) return error;
  const RuleSetRepository& repository = served.catalogue->repository();
  const RuleSetRepository::Entry* found = repository.Find(request.id());
  if (found == nullptr) {
    return NotFound("RULE_SET_NOT_FOUND",
                    UnknownRuleSet(repository, request.id()));
  }
  rule_set = *found->rule_set;
  for (v1::Rule& rule : *rule_set.mutable_rules()) {
    rule.clear_examples();
  }
  SetService(served, rule_set);
  if (!request.language().empty()) KeepLanguage(request.language(), rule_set);
  return absl::nullopt;
}

absl::optional<ServiceError> ListRules(const RuleSetRepository& repository,
                                       const v1::ListRulesRequest& request,
                                       v1::ListRulesResponse& response) {
  absl::optional<ServiceError> error = CheckId("rule_set", request.rule_set());
  if (!error.has_value()) error = CheckLanguage(request.language());
  if (error.has_value()) return error;
  if (!request.rule_set().empty() &&
      repository.Find(request.rule_set()) == nullptr) {
    return InvalidFields(
        {{"rule_set", UnknownRuleSet(repository, request.rule_set())}});
  }
  const std::string list = absl::StrJoin(
      {absl::string_view("ListRules"), absl::string_view(request.rule_set()),
       absl::string_view(request.language())},
      "\n");
  Page page;
  error = ReadPage(request, list, page);
  if (error.has_value()) return error;
  for (const v1::Rule* rule : RulesOf(repository, request.rule_set())) {
    if (rule->id() <= page.after) continue;
    const auto sent = static_cast<std::size_t>(response.rules_size());
    if (sent == page.size) {
      response.set_next_page_token(
          MakePageToken(list, response.rules().rbegin()->id()));
      break;
    }
    v1::Rule& copy = *response.add_rules();
    copy = *rule;
    copy.clear_examples();
    if (!request.language().empty()) KeepLanguage(request.language(), copy);
  }
  return absl::nullopt;
}

absl::optional<ServiceError> GetRule(const RuleSetRepository& repository,
                                     const v1::GetRuleRequest& request,
                                     v1::Rule& rule) {
  if (request.id().empty()) {
    return InvalidFields({{"id", "the id of a rule is required"}});
  }
  absl::optional<ServiceError> error = CheckId("id", request.id());
  if (!error.has_value()) error = CheckLanguage(request.language());
  if (error.has_value()) return error;
  const v1::Rule* found = repository.FindRule(request.id());
  if (found == nullptr) {
    return NotFound("RULE_NOT_FOUND",
                    UnknownMessage("rule", request.id(),
                                   repository.NearestRule(request.id())));
  }
  rule = *found;
  if (!request.language().empty()) KeepLanguage(request.language(), rule);
  return absl::nullopt;
}

}  // namespace klausul::server
