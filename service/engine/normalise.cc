#include "service/engine/normalise.h"

#include <memory>
#include <type_traits>

#include "google/protobuf/descriptor.h"

#include "klausul/v1/common.pb.h"

namespace klausul::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What the plan says about all of its parts.
struct Conventions {
  // Of amounts that do not say; VAT_BASIS_UNSPECIFIED where the plan does not
  // say either.
  v1::VatBasis vat = v1::VAT_BASIS_UNSPECIFIED;
};

// What a message of some types says beyond its fields. `any`: whether any of
// them is stated. Returns whether the message says anything.
template <typename T>
bool ApplyConventions(T&, const Conventions&, bool any) {
  return any;
}

bool ApplyConventions(v1::Reasoned& reasoned, const Conventions&, bool any) {
  if (any && !reasoned.has_on_file()) reasoned.set_on_file(true);
  return any;
}

bool ApplyConventions(v1::Money& money, const Conventions& conventions,
                      bool any) {
  if (money.currency_code().empty()) return false;
  if (!money.has_vat() && conventions.vat != v1::VAT_BASIS_UNSPECIFIED) {
    money.set_vat(conventions.vat);
  }
  return any;
}

template <typename T>
bool KeepEntry(T& value, const Conventions& conventions);

// For each message of the plan: clears what is not stated and returns whether
// anything is left.
#include "plan_code.inc"

// Of an entry of a map the key says something, except for an amount, which
// without a currency is none.
template <typename T>
bool KeepEntry(T& value, const Conventions& conventions) {
  NormaliseFields(value, conventions);
  if constexpr (std::is_same_v<T, v1::Money>) {
    return !value.currency_code().empty();
  }
  return true;
}

}  // namespace

void Normalise(v1::ProcurementPlan& plan) {
  NormaliseFields(plan, {plan.vat_basis()});
}

void CopyField(const Message& from, const FieldDescriptor* field, Message& to) {
  // Swapping a field out of a copy is the one way of reflection that knows
  // every kind of field.
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
      !field->is_repeated()) {
    to.GetReflection()
        ->MutableMessage(&to, field)
        ->CopyFrom(from.GetReflection()->GetMessage(from, field));
    return;
  }
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  to.GetReflection()->SwapFields(&to, copy.get(), {field});
}

}  // namespace klausul::engine
