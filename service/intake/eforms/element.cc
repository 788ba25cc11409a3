#include "service/intake/eforms/element.h"

namespace klausul::intake::eforms {

absl::string_view Element::Attribute(absl::string_view attribute) const {
  for (std::uint16_t i = 0; i < attribute_count; ++i) {
    if (attributes[i].name == attribute) return attributes[i].value;
  }
  return {};
}

const Element* Element::Child(Namespace child_ns,
                              absl::string_view child_name) const {
  for (const Element& child : children()) {
    if (child.Is(child_ns, child_name)) return &child;
  }
  return nullptr;
}

}  // namespace klausul::intake::eforms
