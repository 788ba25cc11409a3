#ifndef KLAUSUL_TESTS_ENGINE_COLUMNS_RANDOM_RECORDS_H_
#define KLAUSUL_TESTS_ENGINE_COLUMNS_RANDOM_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/timestamp.pb.h"

namespace klausul::engine {

// A message type with a field of every kind, in itself and in lists:
//
//   message M {
//     optional bool b; bool c; optional int64 i; int32 j; optional uint64 u;
//     optional double d; optional string s; string s2; Kind e;
//     Timestamp t; Timestamp t2; Duration p; M part; repeated M items;
//     repeated M others; repeated string words; repeated int64 nums;
//   }
class RandomRecords {
 public:
  explicit RandomRecords(std::uint64_t seed) : random_(seed), factory_(&pool_) {
    using Field = google::protobuf::FieldDescriptorProto;
    // Makes the types of the standard library known to the pool.
    for (const google::protobuf::FileDescriptor* known :
         {google::protobuf::Timestamp::descriptor()->file(),
          google::protobuf::Duration::descriptor()->file()}) {
      google::protobuf::FileDescriptorProto copy;
      known->CopyTo(&copy);
      pool_.BuildFile(copy);
    }
    google::protobuf::FileDescriptorProto file;
    file.set_name("m.proto");
    file.set_package("t");
    file.set_syntax("proto3");
    file.add_dependency("google/protobuf/timestamp.proto");
    file.add_dependency("google/protobuf/duration.proto");
    auto& kind = *file.add_enum_type();
    kind.set_name("Kind");
    const char* const names[] = {"NONE", "ONE", "TWO", "THREE"};
    for (int i = 0; i < 4; ++i) {
      kind.add_value()->set_name(names[i]);
      kind.mutable_value(i)->set_number(i);
    }
    auto& message = *file.add_message_type();
    message.set_name("M");
    int number = 0;
    const auto add = [&](const char* name, Field::Type type, bool presence,
                         bool repeated, const char* type_name) {
      Field& field = *message.add_field();
      field.set_name(name);
      field.set_number(++number);
      field.set_type(type);
      field.set_label(repeated ? Field::LABEL_REPEATED : Field::LABEL_OPTIONAL);
      if (type_name != nullptr) field.set_type_name(type_name);
      if (presence) {
        field.set_proto3_optional(true);
        field.set_oneof_index(message.oneof_decl_size());
        message.add_oneof_decl()->set_name(absl::StrCat("_", name));
      }
    };
    add("b", Field::TYPE_BOOL, true, false, nullptr);
    add("c", Field::TYPE_BOOL, false, false, nullptr);
    add("i", Field::TYPE_INT64, true, false, nullptr);
    add("j", Field::TYPE_INT32, false, false, nullptr);
    add("u", Field::TYPE_UINT64, true, false, nullptr);
    add("d", Field::TYPE_DOUBLE, true, false, nullptr);
    add("s", Field::TYPE_STRING, true, false, nullptr);
    add("s2", Field::TYPE_STRING, false, false, nullptr);
    add("e", Field::TYPE_ENUM, false, false, ".t.Kind");
    add("t", Field::TYPE_MESSAGE, false, false, ".google.protobuf.Timestamp");
    add("t2", Field::TYPE_MESSAGE, false, false, ".google.protobuf.Timestamp");
    add("p", Field::TYPE_MESSAGE, false, false, ".google.protobuf.Duration");
    add("part", Field::TYPE_MESSAGE, false, false, ".t.M");
    add("items", Field::TYPE_MESSAGE, false, true, ".t.M");
    add("others", Field::TYPE_MESSAGE, false, true, ".t.M");
    add("words", Field::TYPE_STRING, false, true, nullptr);
    add("nums", Field::TYPE_INT64, false, true, nullptr);
    descriptor_ = pool_.BuildFile(file)->FindMessageTypeByName("M");
  }

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  const google::protobuf::Descriptor* descriptor() const { return descriptor_; }

  // A message whose values are at or around the constants of conditions.
  std::unique_ptr<google::protobuf::Message> NewMessage() {
    std::unique_ptr<google::protobuf::Message> message(
        factory_.GetPrototype(descriptor_)->New());
    density_ = Below(4);
    Fill(*message, 0);
    return message;
  }

  // A condition over the variable `m`.
  std::string NewCondition(bool rules_mode) {
    rules_mode_ = rules_mode;
    return Condition({"m"}, 1 + Below(3));
  }

  int Below(int limit) {
    return static_cast<int>(random_() % static_cast<std::uint64_t>(limit));
  }

  bool OneIn(int count) { return Below(count) == 0; }

 private:
  template <typename T>
  const T& OneOf(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(Below(static_cast<int>(from.size())))];
  }

  // --- Messages --------------------------------------------------------------

  void Fill(google::protobuf::Message& message, int depth) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    for (int f = 0; f < descriptor_->field_count(); ++f) {
      const google::protobuf::FieldDescriptor* field = descriptor_->field(f);
      if (field->is_repeated()) {
        // Most lists are short, some empty, a few long.
        const int sizes[] = {0, 1, 2, 3, 9, depth == 0 ? 70 : 4};
        int size = sizes[OneIn(20) ? 5 : Below(depth == 0 ? 5 : 3)];
        if (depth >= 2) size = 0;
        for (int i = 0; i < size; ++i) {
          if (field->cpp_type() ==
              google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
            Fill(*reflection.AddMessage(&message, field), depth + 1);
          } else if (field->name() == "words") {
            reflection.AddString(&message, field, Text());
          } else {
            reflection.AddInt64(&message, field, Int());
          }
        }
        continue;
      }
      if (density_ == 0 ? OneIn(2) : OneIn(8 * density_)) continue;
      FillScalar(message, field, depth);
    }
  }

  void FillScalar(google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor* field, int depth) {
    using google::protobuf::FieldDescriptor;
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, field, OneIn(2));
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, field, Int());
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, field, Below(8) - 2);
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&message, field,
                                    OneIn(20)
                                        ? ~std::uint64_t{0}
                                        : static_cast<std::uint64_t>(Below(6)));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(
            &message, field,
            OneOf<double>({-1.5, -0.0, 0.0, 1.0, 1.5, 2.5, 1e300, 0.0 / 0.0,
                           1 / 0.0, -1 / 0.0}));
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, field, Text());
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(&message, field,
                                       OneIn(20) ? 77 : Below(5) - 1);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
      default:
        return;
    }
    google::protobuf::Message& inner =
        *reflection.MutableMessage(&message, field);
    if (field->name() == "part") {
      if (depth < 2) Fill(inner, depth + 1);
      return;
    }
    const google::protobuf::Descriptor* type = inner.GetDescriptor();
    std::int64_t seconds = Below(5) * 1000 - 2000;
    // Beyond what 64 bits of nanoseconds hold, and beyond what is valid.
    if (OneIn(150)) seconds = 20'000'000'000;
    if (OneIn(300)) seconds = -900'000'000'000;
    inner.GetReflection()->SetInt64(&inner, type->FindFieldByNumber(1),
                                    seconds);
    if (OneIn(3) && seconds >= 0) {
      inner.GetReflection()->SetInt32(&inner, type->FindFieldByNumber(2),
                                      1 + Below(2));
    }
  }

  std::int64_t Int() {
    if (OneIn(40)) return INT64_MAX;
    if (OneIn(40)) return INT64_MIN;
    return Below(12) - 3;
  }

  std::string Text() {
    return OneOf<std::string>({"", "a", "ab", "abc", "abcd", "b", "45000000",
                               "450000001", "45", "451", "46", "\xc3\xa6",
                               "a\x01", "zzzzzzzzzz"});
  }

  // --- Conditions ------------------------------------------------------------

  std::string Condition(std::vector<std::string> scope, int depth) {
    if (depth > 0) {
      const std::string& owner = scope.back();
      switch (Below(9)) {
        case 0:
        case 1:
          return absl::StrCat("(", Condition(scope, depth - 1), " && ",
                              Condition(scope, depth - 1), ")");
        case 2:
        case 3:
          return absl::StrCat("(", Condition(scope, depth - 1), " || ",
                              Condition(scope, depth - 1), " || ",
                              Condition(scope, depth - 1), ")");
        case 4:
          return absl::StrCat("!(", Condition(scope, depth - 1), ")");
        case 5:
        case 6:
        case 7: {
          const std::string name = absl::StrCat("x", scope.size());
          const std::string list =
              absl::StrCat(OneIn(6) ? scope[0] : owner, OneIn(5) ? ".part" : "",
                           OneIn(2) ? ".items" : ".others");
          const std::string macro =
              OneOf<std::string>({"exists", "exists", "all", "all",
                                  OneIn(4) ? "exists_one" : "exists"});
          scope.push_back(name);
          return absl::StrCat(list, ".", macro, "(", name, ", ",
                              Condition(scope, depth - 1), ")");
        }
        default:
          if (OneIn(4)) {
            return absl::StrCat("(", Condition(scope, 0), " ? ",
                                Condition(scope, 0), " : ", Condition(scope, 0),
                                ")");
          }
          break;
      }
    }
    // Now and then about something outside the fold.
    std::string owner = OneIn(8) ? scope[0] : scope.back();
    if (OneIn(6)) owner += ".part";
    return Test(owner);
  }

  std::string Relation() {
    return OneOf<std::string>({" < ", " <= ", " > ", " >= ", " == ", " != "});
  }

  std::string IntText() { return absl::StrCat(Below(8) - 2); }

  std::string Quoted() {
    return OneOf<std::string>({"''", "'a'", "'ab'", "'abc'", "'b'",
                               "'45000000'", "'45'", "'451'", "'æ'"});
  }

  std::string Test(const std::string& m) {
    switch (Below(24)) {
      case 0:
        return m + ".b";
      case 1:
        return m + ".c";
      case 2:
        return absl::StrCat(m, OneIn(2) ? ".b == true" : ".c != false");
      case 3:
      case 4:
        return absl::StrCat(m, ".i", Relation(), IntText());
      case 5:
        return absl::StrCat(IntText(), Relation(), m, ".j");
      case 6:
        return absl::StrCat(m, ".u", Relation(), Below(6), "u");
      case 7:
        return absl::StrCat(m, ".d", Relation(),
                            OneOf<std::string>({"0.0", "1.5", "-1.5", "2.0"}));
      case 8:
        return absl::StrCat(m, ".s", Relation(), Quoted());
      case 9:
        return absl::StrCat(m, OneIn(2) ? ".s2" : ".s", ".startsWith(",
                            Quoted(), ")");
      case 10:
        return absl::StrCat(m, ".s2 in [", Quoted(), ", ", Quoted(), "]");
      case 11:
        return absl::StrCat(m, ".i in [", IntText(), ", ", IntText(), ", 5]");
      case 12:
        return rules_mode_
                   ? absl::StrCat(m, OneIn(2) ? ".e == " : ".e != ",
                                  OneOf<std::string>({"ONE", "TWO", "THREE"}))
                   : absl::StrCat(m, ".e", Relation(), Below(4));
      case 13:
        return absl::StrCat(m, ".t", Relation(), "timestamp(",
                            Below(5) * 1000 - 2000, ")");
      case 14:
        return absl::StrCat(m, ".t - ", m, ".t2", Relation(), "duration('",
                            Below(5) * 1000 - 2000, "s')");
      case 15:
        return absl::StrCat(m, ".p", Relation(), "duration('", Below(3) * 1000,
                            "s')");
      case 16:
        return absl::StrCat(Quoted(), " in ", m, ".words");
      case 17:
        return absl::StrCat("sum(", m, OneIn(2) ? ".items" : ".others",
                            ".map(y, y.i))", Relation(), IntText());
      case 18:
        return absl::StrCat(OneOf<std::string>({"sum(", "size("}), m, ".nums)",
                            Relation(), IntText());
      case 19:
        return absl::StrCat(m, ".nums", OneIn(2) ? ".all(" : ".exists(", "n, n",
                            Relation(), IntText(), ")");
      case 20:
        return absl::StrCat(OneIn(3) && rules_mode_ ? "has(" : "has(", m, ".",
                            OneOf<std::string>({"i", "j", "s", "s2", "t",
                                                "part", "items", "words"}),
                            ")");
      case 21:
        return absl::StrCat(m, ".i ", OneOf<std::string>({"+", "-", "*"}), " ",
                            OneIn(2) ? IntText() : m + ".j", Relation(),
                            IntText());
      case 22:
        // What only the interpreter can tell.
        return OneOf<std::string>(
            {m + ".i == " + m + ".j", m + ".s.contains('b')",
             "10 / " + m + ".i > 2", m + ".words[1] == 'a'",
             m + ".s.matches('^a.*c$')", m + ".s < " + m + ".s2"});
      default:
        return OneOf<std::string>({"true", "false", m + ".items.size() > 2",
                                   m + ".t + " + m + ".p >= timestamp(0)"});
    }
  }

  std::mt19937_64 random_;
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* descriptor_ = nullptr;
  int density_ = 1;
  bool rules_mode_ = false;
};

}  // namespace klausul::engine

#endif  // KLAUSUL_TESTS_ENGINE_COLUMNS_RANDOM_RECORDS_H_
