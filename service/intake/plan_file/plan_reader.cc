#include "service/intake/plan_file/plan_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/intake/plan_file/plan_check.h"
#include "service/intake/plan_file/plan_schema.h"
#include "service/intake/plan_file/value_reader.h"

namespace klausul::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using syntax::Node;

// Whether a field speaks of procurement, as `id`, `title` and `description` do
// not: half of the world's YAML files have those.
bool IsTelling(const FieldDescriptor& field) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return FormOf(*field.message_type()) != ValueForm::kText;
  }
  return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
}

void SortUnique(google::protobuf::RepeatedPtrField<std::string>& paths) {
  std::sort(paths.begin(), paths.end());
  const auto end = std::unique(paths.begin(), paths.end());
  while (paths.size() > end - paths.begin())
    paths.RemoveLast();
}

}  // namespace

bool LooksLikePlan(const syntax::Tree& tree) {
  const Descriptor& plan = *v1::ProcurementPlan::descriptor();
  std::size_t known = 0;
  for (const Node::Entry& entry : tree.root().entries) {
    const FieldDescriptor* field = plan.FindFieldByName(entry.key);
    if (field == nullptr) field = plan.FindFieldByCamelcaseName(entry.key);
    if (field == nullptr) continue;
    if (IsTelling(*field)) return true;
    ++known;
  }
  return known > 0 && known * 2 >= tree.root().entries.size();
}

bool ReadPlan(const std::shared_ptr<const syntax::Tree>& tree,
              const ReadOptions& options, v1::ProcurementPlan& plan,
              SourceMap& source_map, DiagnosticSink& sink) {
  source_map = SourceMap(tree->file());
  source_map.SetRoot(tree->root().span, 0);
  ValueReader reader(*tree, options, plan, &source_map, sink);
  reader.ReadGroup(tree->root(), plan, "");

  bool ok = !reader.failed();
  for (const PlanProblem& problem : CheckPlan(plan)) {
    // What could not be read is told already.
    if (reader.FailedAt(problem.path)) continue;
    ok = false;
    // The value is what is wrong; its place in the map begins with its key.
    const Node& node = *reader.nodes()[source_map.FindHandle(problem.path)];
    sink.Error(tree->file(), node.span, problem.code, problem.message,
               problem.help);
  }
  // Their order says nothing; sorted, a plan written and read is the same.
  SortUnique(*plan.mutable_stated_empty());
  SortUnique(*plan.mutable_still_open());
  SortUnique(*plan.mutable_complete());

  source_map.SetAddresses(SourceMap::AddressKind::kPointer,
                          [tree, nodes = reader.nodes()](std::uint32_t handle) {
                            return JsonPointer(*nodes[handle]);
                          });
  return ok;
}

}  // namespace klausul::intake
