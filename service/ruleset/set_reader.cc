#include "service/ruleset/set_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "service/ruleset/advice_reader.h"
#include "service/ruleset/fields.h"

namespace klausul::ruleset {
namespace {

enum class FileRole { kHeader, kPlan, kRegister, kRules };

FileRole RoleOf(absl::string_view path) {
  if (path == kHeaderFile) return FileRole::kHeader;
  if (absl::StartsWith(path, "plans/")) return FileRole::kPlan;
  if (absl::StartsWith(path, "register/")) return FileRole::kRegister;
  return FileRole::kRules;
}

void AddPlan(const RuleFile& file, NodeRef root, SetDraft& draft) {
  PlanSource plan;
  plan.stem = std::string(StemOf(file.path));
  plan.root = std::move(root);
  const auto [it, added] = draft.source.plans.emplace(plan.stem, plan);
  if (added || !plan.root) return;
  plan.root.Error(
      "duplicate-id", absl::StrCat("a plan `", plan.stem, "` is there already"),
      "examples name a plan by its file name; rename one", draft.sink);
}

void ReadRulesFile(const NodeRef& root, absl::string_view path,
                   SetDraft& draft) {
  Fields fields(root, "a file of a rule set", draft.sink);
  if (!fields.is_mapping()) {
    draft.incomplete = true;
    return;
  }
  for (const NodeRef& item :
       ReadList(fields.Find("parameters"), "parameters", draft.sink)) {
    ReadParameter(item, draft);
  }
  for (const NodeRef& item :
       ReadList(fields.Find("facts"), "facts", draft.sink)) {
    ReadFact(item, path, draft);
  }
  for (const NodeRef& item :
       ReadList(fields.Find("rules"), "rules", draft.sink)) {
    ReadRule(item, path, draft);
  }
  if (const NodeRef calendar = fields.Find("calendar")) {
    ReadCalendar(calendar, draft);
  }
  if (const NodeRef advice = fields.Find("advice")) {
    ReadAdvice(advice, path, draft);
  }
  fields.Finish();
}

void ReportEnding(const RuleFile& file, absl::string_view display_root,
                  DiagnosticSink& sink) {
  if (!absl::EndsWith(file.path, ".yml")) return;
  Diagnostic diagnostic;
  diagnostic.code = "file-ending";
  diagnostic.message =
      absl::StrCat("`", JoinPath(display_root, file.path), "` is not read");
  diagnostic.help = "rule files end in `.yaml`";
  sink.Add(std::move(diagnostic));
}

}  // namespace

std::string JoinPath(absl::string_view a, absl::string_view b) {
  if (a.empty()) return std::string(b);
  if (b.empty()) return std::string(a);
  return absl::StrCat(a, absl::EndsWith(a, "/") ? "" : "/", b);
}

std::vector<SetFiles> PartIntoSets(std::vector<RuleFile> files,
                                   absl::string_view display_root,
                                   DiagnosticSink& sink) {
  std::map<std::string, SetFiles> sets;
  for (const RuleFile& file : files) {
    const absl::string_view folder = FolderOf(file.path);
    if (file.path == JoinPath(folder, kHeaderFile)) {
      sets[std::string(folder)].folder = std::string(folder);
    }
  }
  std::sort(files.begin(), files.end());
  for (RuleFile& file : files) {
    absl::string_view folder = FolderOf(file.path);
    while (!folder.empty() && sets.count(std::string(folder)) == 0) {
      folder = FolderOf(folder);
    }
    const auto it = sets.find(std::string(folder));
    if (it == sets.end()) {
      Diagnostic orphan;
      orphan.code = "no-rule-set";
      orphan.message = absl::StrCat("`", JoinPath(display_root, file.path),
                                    "` belongs to no rule set");
      orphan.help =
          absl::StrCat("put a `", kHeaderFile, "` beside it or above it");
      sink.Add(std::move(orphan));
      continue;
    }
    if (!folder.empty()) file.path.erase(0, folder.size() + 1);
    it->second.files.push_back(std::move(file));
  }
  std::vector<SetFiles> out;
  for (auto& [folder, set] : sets) {
    std::sort(set.files.begin(), set.files.end());
    out.push_back(std::move(set));
  }
  return out;
}

void ReadSet(const SetFiles& files, absl::string_view display_root,
             SetDraft& draft) {
  for (const RuleFile& file : files.files) {
    const FileRole role = RoleOf(file.path);
    if (role == FileRole::kRegister) continue;
    if (absl::EndsWith(file.path, ".yml")) {
      ReportEnding(file, display_root, draft.sink);
      continue;
    }
    NodeRef root =
        ReadTree(JoinPath(display_root, file.path), file.content, draft.sink);
    if (!root && role != FileRole::kPlan) draft.incomplete = true;
    switch (role) {
      case FileRole::kHeader:
        ReadHeader(root, draft);
        break;
      case FileRole::kPlan:
        AddPlan(file, std::move(root), draft);
        break;
      case FileRole::kRules:
        ReadRulesFile(root, file.path, draft);
        break;
      case FileRole::kRegister:
        break;
    }
  }
  const auto by_id = [](const v1::Rule& a, const v1::Rule& b) {
    return a.id() < b.id();
  };
  std::sort(draft.proto.mutable_rules()->begin(),
            draft.proto.mutable_rules()->end(), by_id);
}

}  // namespace klausul::ruleset
