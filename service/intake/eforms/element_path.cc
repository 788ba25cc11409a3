#include "service/intake/eforms/element_path.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace klausul::intake::eforms {
namespace {

constexpr char kExtension[] =
    "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/"
    "efext:EformsExtension";

// The steps between slashes; a slash inside a predicate parts nothing.
std::vector<absl::string_view> SplitSteps(absl::string_view path) {
  std::vector<absl::string_view> steps;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '[') ++depth;
    if (path[i] == ']') --depth;
    if (path[i] == '/' && depth == 0) {
      steps.push_back(path.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  steps.push_back(path.substr(begin));
  return steps;
}

}  // namespace

ElementPath::ElementPath(absl::string_view path) {
  if (path == ".") return;
  for (const absl::string_view step : SplitSteps(path)) {
    if (step == "EXT") {
      for (const absl::string_view part : absl::StrSplit(kExtension, '/')) {
        steps_.push_back(ParseStep(part));
      }
    } else {
      steps_.push_back(ParseStep(step));
    }
  }
  for (std::size_t i = steps_.size(); i-- > 0;) {
    Step& step = steps_[i];
    step.needed_below = needed_;
    for (const Predicate& predicate : step.predicates) {
      step.needed_below.Add(predicate.child.id);
    }
    needed_ = step.needed_below;
    needed_.Add(step.name.id);
  }
}

ElementPath::Name ElementPath::ParseName(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits(':', 1));
  for (const Namespace ns :
       {Namespace::kCac, Namespace::kCbc, Namespace::kExt, Namespace::kEfext,
        Namespace::kEfac, Namespace::kEfbc}) {
    if (parts.first != PrefixOf(ns)) continue;
    return {ns, FindName(parts.second), std::string(parts.second)};
  }
  std::abort();
}

ElementPath::Step ElementPath::ParseStep(absl::string_view text) {
  Step step;
  const std::size_t open = text.find('[');
  step.name = ParseName(text.substr(0, open));
  if (open == absl::string_view::npos) return step;
  // `cbc:Child/@attribute='value'`, `cbc:Child='value'`, `@attribute='value'`.
  absl::string_view inside = text.substr(open + 1);
  if (!absl::ConsumeSuffix(&inside, "']")) std::abort();
  const std::pair<absl::string_view, absl::string_view> sides =
      absl::StrSplit(inside, absl::MaxSplits("='", 1));
  Predicate predicate;
  predicate.value = std::string(sides.second);
  absl::string_view left = sides.first;
  const std::size_t at = left.find('@');
  if (at != absl::string_view::npos) {
    predicate.attribute = std::string(left.substr(at + 1));
    left = absl::StripSuffix(left.substr(0, at), "/");
  }
  if (!left.empty()) predicate.child = ParseName(left);
  step.predicates.push_back(std::move(predicate));
  return step;
}

bool ElementPath::Matches(const Predicate& predicate, const Element& element) {
  const auto holds = [&](const Element& looked_at) {
    if (predicate.attribute.empty()) {
      return looked_at.Text() == predicate.value;
    }
    return absl::StripPrefix(looked_at.Attribute(predicate.attribute),
                             "eforms-") == predicate.value;
  };
  if (predicate.child.text.empty()) return holds(element);
  for (const Element& child : element.children()) {
    if (predicate.child.Is(child) && holds(child)) return true;
  }
  return false;
}

bool ElementPath::Matches(const Step& step, const Element& element) {
  if (!element.below.HoldsAll(step.needed_below)) return false;
  for (const Predicate& predicate : step.predicates) {
    if (!Matches(predicate, element)) return false;
  }
  return true;
}

const Element* ElementPath::FindFirst(std::size_t step,
                                      const Element& from) const {
  if (step == steps_.size()) return &from;
  const Step& wanted = steps_[step];
  for (const Element& child : from.children()) {
    if (!wanted.name.Is(child) || !Matches(wanted, child)) continue;
    if (const Element* found = FindFirst(step + 1, child)) return found;
  }
  return nullptr;
}

void ElementPath::FindAll(std::size_t step, const Element& from,
                          Elements& found) const {
  if (step == steps_.size()) {
    found.push_back(&from);
    return;
  }
  const Step& wanted = steps_[step];
  for (const Element& child : from.children()) {
    if (wanted.name.Is(child) && Matches(wanted, child)) {
      FindAll(step + 1, child, found);
    }
  }
}

}  // namespace klausul::intake::eforms
