#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_H_

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "absl/base/attributes.h"
#include "absl/strings/string_view.h"

#include "service/base/source.h"
#include "service/intake/eforms/names.h"
#include "service/intake/eforms/namespaces.h"

namespace klausul::intake::eforms {

// An attribute, but no namespace declaration.
struct XmlAttribute {
  // As written, with its prefix.
  absl::string_view name;
  // References resolved, line breaks and tabs turned into blanks.
  absl::string_view value;
};

// An element of a notice. Lives as long as its tree, in which elements lie one
// after the other in document order: an element's first child is the one behind
// it, and the next sibling stands behind all that is inside an element.
struct Element {
  // Without prefix.
  absl::string_view name;
  // Its own text, CDATA included, without space around it.
  absl::string_view text;
  const XmlAttribute* attributes = nullptr;
  // The names of all elements inside it.
  NameSet below;
  // Offsets in the decoded text: of its `<` and behind the `>` of its start
  // tag.
  std::uint32_t begin = 0;
  std::uint32_t tag_end = 0;
  // Its place in document order; the root has 0.
  std::uint32_t number = 0;
  // Elements inside it, itself among them.
  std::uint32_t size = 1;
  // How many elements before it its parent stands; 0 for the root.
  std::uint32_t parent_distance = 0;
  std::uint16_t attribute_count = 0;
  NameId name_id = kUnknownName;
  Namespace ns = Namespace::kNone;

  bool Is(Namespace wanted_ns, absl::string_view wanted_name) const {
    return ns == wanted_ns && name == wanted_name;
  }

  absl::string_view Text() const { return text; }

  // From the `<` of its start tag to the end of the tag.
  Span TagSpan() const { return {begin, tag_end}; }

  // The value of an attribute without prefix, without space around it; empty
  // where there is none.
  absl::string_view Attribute(absl::string_view attribute) const;

  const Element* parent() const {
    return parent_distance == 0 ? nullptr : this - parent_distance;
  }

  // The first child of that name, or null.
  const Element* Child(Namespace child_ns, absl::string_view child_name) const;

  class ChildIterator {
   public:
    explicit ChildIterator(const Element* at) : at_(at) {}

    const Element& operator*() const { return *at_; }

    ChildIterator& operator++() {
      at_ += at_->size;
      return *this;
    }

    bool operator!=(const ChildIterator& other) const {
      return at_ != other.at_;
    }

   private:
    const Element* at_;
  };

  struct ChildRange {
    const Element* parent;

    ChildIterator begin() const { return ChildIterator(parent + 1); }

    ChildIterator end() const { return ChildIterator(parent + parent->size); }
  };

  ChildRange children() const ABSL_ATTRIBUTE_LIFETIME_BOUND { return {this}; }
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_ELEMENT_H_
