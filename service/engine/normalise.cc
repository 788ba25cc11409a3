#include "service/engine/normalise.h"

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

#include "klausul/v1/common.pb.h"

namespace klausul::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

class Normaliser {
 public:
  explicit Normaliser(const v1::ProcurementPlan& plan)
      : has_vat_(plan.has_vat_basis() &&
                 plan.vat_basis() != v1::VAT_BASIS_UNSPECIFIED),
        vat_(plan.vat_basis()) {}

  void Walk(Message& message) const {
    const Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->is_map()) {
        WalkMap(message, field);
      } else if (field->is_repeated()) {
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
        for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
          Walk(*reflection.MutableRepeatedMessage(&message, field, i));
        }
      } else if (!IsStated(message, field)) {
        reflection.ClearField(&message, field);
      }
    }
    if (message.GetDescriptor() == v1::Reasoned::descriptor()) {
      auto& reasoned = static_cast<v1::Reasoned&>(message);
      if (!reasoned.has_on_file() && reasoned.ByteSizeLong() > 0) {
        reasoned.set_on_file(true);
      }
    }
    if (has_vat_ && message.GetDescriptor() == v1::Money::descriptor()) {
      auto& money = static_cast<v1::Money&>(message);
      if (!money.has_vat() && !money.currency_code().empty()) {
        money.set_vat(vat_);
      }
    }
  }

 private:
  // Of a singular field that is set; walks it where it is a message.
  bool IsStated(Message& message, const FieldDescriptor* field) const {
    const Reflection& reflection = *message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return !reflection.GetString(message, field).empty();
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.GetEnumValue(message, field) != 0;
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        Message& part = *reflection.MutableMessage(&message, field);
        Walk(part);
        // A length of zero months and the civil day are never of size zero.
        return IsMoneyWithCurrency(part) && part.ByteSizeLong() > 0;
      }
      default:
        return true;
    }
  }

  // True also for what is no amount at all.
  static bool IsMoneyWithCurrency(const Message& message) {
    return message.GetDescriptor() != v1::Money::descriptor() ||
           !static_cast<const v1::Money&>(message).currency_code().empty();
  }

  void WalkMap(Message& message, const FieldDescriptor* field) const {
    const Reflection& reflection = *message.GetReflection();
    const FieldDescriptor* value = field->message_type()->map_value();
    for (int i = reflection.FieldSize(message, field) - 1; i >= 0; --i) {
      Message& entry = *reflection.MutableRepeatedMessage(&message, field, i);
      bool keep = true;
      if (value->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        keep = !entry.GetReflection()->GetString(entry, value).empty();
      } else if (value->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Message& part = *entry.GetReflection()->MutableMessage(&entry, value);
        Walk(part);
        keep = IsMoneyWithCurrency(part);
      }
      if (keep) continue;
      const int last = reflection.FieldSize(message, field) - 1;
      if (i != last) reflection.SwapElements(&message, field, i, last);
      reflection.RemoveLast(&message, field);
    }
  }

  bool has_vat_;
  v1::VatBasis vat_;
};

}  // namespace

void Normalise(v1::ProcurementPlan& plan) {
  Normaliser(plan).Walk(plan);
}

void CopyField(const Message& from, const FieldDescriptor* field, Message& to) {
  const Reflection& source = *from.GetReflection();
  // Swapping a field out of a copy is the one way of reflection that knows
  // every kind of field.
  const std::unique_ptr<Message> copy(from.New());
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
      !field->is_repeated()) {
    to.GetReflection()
        ->MutableMessage(&to, field)
        ->CopyFrom(source.GetMessage(from, field));
    return;
  }
  copy->CopyFrom(from);
  to.GetReflection()->SwapFields(&to, copy.get(), {field});
}

}  // namespace klausul::engine
