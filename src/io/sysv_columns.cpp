// sysv_columns: values of the columns that System V objects share.
#include "io/sysv_columns.hpp"

#include "ipc/sysv.hpp"
#include "os/users.hpp"

namespace ipctl::sysv_columns {
namespace {

const sysv::Item& item(const Object& object) {
  return static_cast<const sysv::Item&>(object);
}

}  // namespace

Value id_of(const Object& object) {
  return static_cast<std::uint64_t>(item(object).id);
}
Value key_of(const Object& object) {
  return item(object).key ? Value{sysv::key_text(*item(object).key)} : Value{Unknown{}};
}
Value creator_of(const Object& object) {
  return item(object).creator ? Value{user_name(*item(object).creator)} : Value{Unknown{}};
}
Value creator_group_of(const Object& object) {
  return item(object).creator_group ? Value{group_name(*item(object).creator_group)} : Value{Unknown{}};
}

}  // namespace ipctl::sysv_columns
