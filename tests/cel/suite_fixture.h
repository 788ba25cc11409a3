#ifndef KLAUSUL_TESTS_CEL_SUITE_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_SUITE_FIXTURE_H_

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

#include "service/cel/conformance_schema.h"

namespace klausul::cel {

// As much of the suite's own messages as the tests of the runner need.
inline constexpr char kMiniSchema[] = R"pb(
  file {
    name : "mini/suite.proto"
    package : "cel.expr"
    syntax : "proto3"
    dependency : "google/protobuf/any.proto"
    dependency : "google/protobuf/struct.proto"
    message_type {
      name : "Type"
      field {
        name : "dyn"
        number : 1
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "primitive"
        number : 3
        type : TYPE_ENUM
        type_name : ".cel.expr.Type.Primitive"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "wrapper"
        number : 4
        type : TYPE_ENUM
        type_name : ".cel.expr.Type.Primitive"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "list_type"
        number : 6
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type.ListType"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "map_type"
        number : 7
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type.MapType"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "message_type"
        number : 9
        type : TYPE_STRING
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "type"
        number : 11
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "function"
        number : 8
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type.FunctionType"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "type_param"
        number : 10
        type : TYPE_STRING
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "abstract_type"
        number : 14
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type.AbstractType"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "type_kind"}
      nested_type {
        name : "FunctionType"
        field {
          name : "result_type"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_OPTIONAL
        }
        field {
          name : "arg_types"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_REPEATED
        }
      }
      nested_type {
        name : "AbstractType"
        field {
          name : "name"
          number : 1
          type : TYPE_STRING
          label : LABEL_OPTIONAL
        }
        field {
          name : "parameter_types"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_REPEATED
        }
      }
      nested_type {
        name : "ListType"
        field {
          name : "elem_type"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_OPTIONAL
        }
      }
      nested_type {
        name : "MapType"
        field {
          name : "key_type"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_OPTIONAL
        }
        field {
          name : "value_type"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_OPTIONAL
        }
      }
      enum_type {
        name : "Primitive"
        value {name : "NONE" number : 0}
        value {name : "BOOL" number : 1}
        value {name : "INT64" number : 2}
        value {name : "STRING" number : 5}
      }
    }
    message_type {
      name : "Value"
      field {
        name : "null_value"
        number : 1
        type : TYPE_ENUM
        type_name : ".google.protobuf.NullValue"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "bool_value"
        number : 2
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "int64_value"
        number : 3
        type : TYPE_INT64
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "uint64_value"
        number : 4
        type : TYPE_UINT64
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "double_value"
        number : 5
        type : TYPE_DOUBLE
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "string_value"
        number : 6
        type : TYPE_STRING
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "object_value"
        number : 10
        type : TYPE_MESSAGE
        type_name : ".google.protobuf.Any"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "map_value"
        number : 11
        type : TYPE_MESSAGE
        type_name : ".cel.expr.MapValue"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "list_value"
        number : 12
        type : TYPE_MESSAGE
        type_name : ".cel.expr.ListValue"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "type_value"
        number : 15
        type : TYPE_STRING
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "kind"}
    }
    message_type {
      name : "ListValue"
      field {
        name : "values"
        number : 1
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Value"
        label : LABEL_REPEATED
      }
    }
    message_type {
      name : "MapValue"
      field {
        name : "entries"
        number : 1
        type : TYPE_MESSAGE
        type_name : ".cel.expr.MapValue.Entry"
        label : LABEL_REPEATED
      }
      nested_type {
        name : "Entry"
        field {
          name : "key"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Value"
          label : LABEL_OPTIONAL
        }
        field {
          name : "value"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Value"
          label : LABEL_OPTIONAL
        }
      }
    }
    message_type {name : "ErrorSet"}
    message_type {name : "UnknownSet"}
    message_type {
      name : "ExprValue"
      field {
        name : "value"
        number : 1
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Value"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "error"
        number : 2
        type : TYPE_MESSAGE
        type_name : ".cel.expr.ErrorSet"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "unknown"
        number : 3
        type : TYPE_MESSAGE
        type_name : ".cel.expr.UnknownSet"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "kind"}
    }
    message_type {
      name : "Decl"
      field {name : "name" number : 1 type : TYPE_STRING label : LABEL_OPTIONAL}
      field {
        name : "ident"
        number : 2
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Decl.Ident"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "function"
        number : 3
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Decl.Function"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "decl_kind"}
      nested_type {
        name : "Ident"
        field {
          name : "type"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Type"
          label : LABEL_OPTIONAL
        }
        field {
          name : "value"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Constant"
          label : LABEL_OPTIONAL
        }
      }
      nested_type {
        name : "Function"
        field {
          name : "overloads"
          number : 1
          type : TYPE_MESSAGE
          type_name : ".cel.expr.Decl.Function.Overload"
          label : LABEL_REPEATED
        }
        nested_type {
          name : "Overload"
          field {
            name : "overload_id"
            number : 1
            type : TYPE_STRING
            label : LABEL_OPTIONAL
          }
          field {
            name : "params"
            number : 2
            type : TYPE_MESSAGE
            type_name : ".cel.expr.Type"
            label : LABEL_REPEATED
          }
          field {
            name : "result_type"
            number : 4
            type : TYPE_MESSAGE
            type_name : ".cel.expr.Type"
            label : LABEL_OPTIONAL
          }
          field {
            name : "is_instance_function"
            number : 5
            type : TYPE_BOOL
            label : LABEL_OPTIONAL
          }
        }
      }
    }
    message_type {
      name : "Constant"
      field {
        name : "bool_value"
        number : 2
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "int64_value"
        number : 3
        type : TYPE_INT64
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "constant_kind"}
    }
  }
  file {
    name : "mini/simple.proto"
    package : "cel.expr.conformance.test"
    syntax : "proto3"
    dependency : "mini/suite.proto"
    message_type {
      name : "SimpleTestFile"
      field {
        name : "section"
        number : 3
        type : TYPE_MESSAGE
        type_name : ".cel.expr.conformance.test.Section"
        label : LABEL_REPEATED
      }
    }
    message_type {
      name : "Section"
      field {name : "name" number : 1 type : TYPE_STRING label : LABEL_OPTIONAL}
      field {
        name : "test"
        number : 3
        type : TYPE_MESSAGE
        type_name : ".cel.expr.conformance.test.SimpleTest"
        label : LABEL_REPEATED
      }
    }
    message_type {
      name : "TypedResult"
      field {
        name : "result"
        number : 1
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Value"
        label : LABEL_OPTIONAL
      }
      field {
        name : "deduced_type"
        number : 2
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Type"
        label : LABEL_OPTIONAL
      }
    }
    message_type {
      name : "SimpleTest"
      field {name : "name" number : 1 type : TYPE_STRING label : LABEL_OPTIONAL}
      field {name : "expr" number : 3 type : TYPE_STRING label : LABEL_OPTIONAL}
      field {
        name : "disable_check"
        number : 5
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
      }
      field {
        name : "check_only"
        number : 15
        type : TYPE_BOOL
        label : LABEL_OPTIONAL
      }
      field {
        name : "type_env"
        number : 6
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Decl"
        label : LABEL_REPEATED
      }
      field {
        name : "bindings"
        number : 7
        type : TYPE_MESSAGE
        type_name : ".cel.expr.conformance.test.SimpleTest.BindingsEntry"
        label : LABEL_REPEATED
      }
      field {
        name : "value"
        number : 8
        type : TYPE_MESSAGE
        type_name : ".cel.expr.Value"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "typed_result"
        number : 16
        type : TYPE_MESSAGE
        type_name : ".cel.expr.conformance.test.TypedResult"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "eval_error"
        number : 9
        type : TYPE_MESSAGE
        type_name : ".cel.expr.ErrorSet"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      field {
        name : "unknown"
        number : 11
        type : TYPE_MESSAGE
        type_name : ".cel.expr.UnknownSet"
        label : LABEL_OPTIONAL
        oneof_index : 0
      }
      oneof_decl {name : "result_matcher"}
      nested_type {
        name : "BindingsEntry"
        options {map_entry : true}
        field {
          name : "key"
          number : 1
          type : TYPE_STRING
          label : LABEL_OPTIONAL
        }
        field {
          name : "value"
          number : 2
          type : TYPE_MESSAGE
          type_name : ".cel.expr.ExprValue"
          label : LABEL_OPTIONAL
        }
      }
    }
  })pb";

// A folder of its own with `schema.json` and what a test writes beside it.
class SuiteFixture : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_ / "tests");
    google::protobuf::FileDescriptorSet files;
    ASSERT_TRUE(
        google::protobuf::TextFormat::ParseFromString(kMiniSchema, &files));
    std::string json;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(files, &json).ok());
    Write("schema.json", json);
  }

  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  std::unique_ptr<ConformanceSchema> LoadSchema() {
    auto schema = ConformanceSchema::Load((folder_ / "schema.json").string());
    EXPECT_TRUE(schema.ok()) << schema.status();
    return *std::move(schema);
  }

  std::filesystem::path folder_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_SUITE_FIXTURE_H_
