#ifndef KLAUSUL_TESTS_CEL_PROTO2_FIXTURE_H_
#define KLAUSUL_TESTS_CEL_PROTO2_FIXTURE_H_

#include <string>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/wrappers.pb.h"
#include "gtest/gtest.h"

namespace klausul::cel {

// A file of what only proto2 has: defaults, a required field, a group, a closed
// enum and extensions, one of them within another message.
class Proto2Pool {
 public:
  Proto2Pool() : factory_(&pool_) {
    google::protobuf::Any::descriptor();
    google::protobuf::Int64Value::descriptor();
    google::protobuf::FileDescriptorProto file;
    const bool parsed = google::protobuf::TextFormat::ParseFromString(
        R"pb(
          name : "old.proto"
          package : "old"
          dependency : "google/protobuf/any.proto"
          enum_type {
            name : "Colour"
            value {name : "RED" number : 1}
            value {name : "BLUE" number : 2}
          }
          message_type {
            name : "Item"
            extension_range {start : 100 end : 200}
            field {
              name : "count"
              number : 1
              type : TYPE_INT32
              label : LABEL_OPTIONAL
              default_value : "7"
            }
            field {
              name : "title"
              number : 2
              type : TYPE_STRING
              label : LABEL_OPTIONAL
              default_value : "none"
            }
            field {
              name : "colour"
              number : 3
              type : TYPE_ENUM
              type_name : ".old.Colour"
              label : LABEL_OPTIONAL
              default_value : "BLUE"
            }
            field {
              name : "plain"
              number : 4
              type : TYPE_BOOL
              label : LABEL_OPTIONAL
            }
            field {
              name : "box"
              number : 5
              type : TYPE_GROUP
              type_name : ".old.Item.Box"
              label : LABEL_OPTIONAL
            }
            field {
              name : "any"
              number : 6
              type : TYPE_MESSAGE
              type_name : ".google.protobuf.Any"
              label : LABEL_OPTIONAL
            }
            nested_type {
              name : "Box"
              field {
                name : "width"
                number : 1
                type : TYPE_INT64
                label : LABEL_OPTIONAL
              }
            }
          }
          message_type {
            name : "Strict"
            field {
              name : "must"
              number : 1
              type : TYPE_INT32
              label : LABEL_REQUIRED
            }
          }
          message_type {
            name : "Scope"
            extension {
              name : "inner"
              extendee : ".old.Item"
              number : 103
              type : TYPE_INT64
              label : LABEL_OPTIONAL
            }
          }
          extension {
            name : "number"
            extendee : ".old.Item"
            number : 100
            type : TYPE_INT32
            label : LABEL_OPTIONAL
            default_value : "5"
          }
          extension {
            name : "items"
            extendee : ".old.Item"
            number : 101
            type : TYPE_MESSAGE
            type_name : ".old.Item"
            label : LABEL_REPEATED
          }
          extension {
            name : "item"
            extendee : ".old.Item"
            number : 102
            type : TYPE_MESSAGE
            type_name : ".old.Item"
            label : LABEL_OPTIONAL
          })pb",
        &file);
    EXPECT_TRUE(parsed);
    EXPECT_NE(pool_.BuildFile(file), nullptr);
    factory_.SetDelegateToGeneratedFactory(true);
  }

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

  google::protobuf::MessageFactory& factory() { return factory_; }

 private:
  google::protobuf::DescriptorPool pool_{
      google::protobuf::DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace klausul::cel

#endif  // KLAUSUL_TESTS_CEL_PROTO2_FIXTURE_H_
