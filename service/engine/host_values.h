#ifndef KLAUSUL_SERVICE_ENGINE_HOST_VALUES_H_
#define KLAUSUL_SERVICE_ENGINE_HOST_VALUES_H_

#include "absl/types/optional.h"

#include "klausul/v1/common.pb.h"

#include "service/cel/eval_context.h"
#include "service/cel/type.h"
#include "service/cel/value.h"
#include "service/engine/reason.h"
#include "service/engine/text_value.h"

// Between values of expressions and messages of the plan.

namespace klausul::engine {

cel::Type MoneyType();
cel::Type DateType();
cel::Type SpanType();
cel::Type TextType();

// The message in a value of that type; the value must be one.
const v1::Money& AsMoney(const cel::Value& value);
const v1::Date& AsDate(const cel::Value& value);
const v1::Span& AsSpan(const cel::Value& value);
const v1::Text& AsText(const cel::Value& value);

// Copies into the arena of the context.
cel::Value MakeMoney(const v1::Money& money, cel::EvalContext& context);
cel::Value MakeDate(const v1::Date& date, cel::EvalContext& context);
cel::Value MakeSpan(const v1::Span& span, cel::EvalContext& context);

// Unknown for a reason.
cel::Value UnknownFor(const Reason& reason, cel::EvalContext& context);

// A value as texts and evidence show it; `type` tells enum values from whole
// numbers. Of a message without a form of its own only that it is stated is
// told, of a Text the first of its texts. kUnknown for unknowns and errors.
TextValue ToTextValue(const cel::Value& value, const cel::Type& type,
                      cel::EvalContext& context);

}  // namespace klausul::engine

#endif  // KLAUSUL_SERVICE_ENGINE_HOST_VALUES_H_
