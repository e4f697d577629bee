#include "codec/members.h"

#include <cmath>

#include "base/number_text.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {
namespace {

// Usage to a precision below what anyone can request, so that an answer is not mostly digits:
// millionths of a core, whole bytes. Numbers without a unit keep every digit.
void write_usage(Writer& out, double value, Unit unit) {
  if (unit == Unit::kCores || unit == Unit::kPercent) return out.value(round_decimals(value, 6));
  if (unit == Unit::kNone) return out.value(value);
  const double whole = round_decimals(value, 0);
  if (std::abs(whole) < 0x1p53) return out.value(static_cast<std::int64_t>(whole));
  out.value(whole);
}

template <class T>
const T& as(const void* at) {
  return *static_cast<const T*>(at);
}

void write_value(Writer& out, const Style& style, const Member& member, const void* at) {
  switch (member.form) {
    case Form::kText:
      if (member.null_if_empty && as<std::string>(at).empty()) return out.null();
      return out.value(as<std::string>(at));
    case Form::kNumber:
      return out.value(as<double>(at));
    case Form::kUsage:
      return write_usage(out, as<double>(at), style.unit);
    case Form::kInteger:
      return out.value(as<std::int64_t>(at));
    case Form::kSmallInteger:
      return out.value(as<int>(at));
    case Form::kBoolean:
      return out.value(as<bool>(at));
    case Form::kChoice:
      return out.value(member.names[static_cast<std::size_t>(as<int>(at))]);
    case Form::kMoment:
      return out.value(format_iso8601(as<Timestamp>(at)));
    case Form::kLocalMoment:
      return out.value(format_iso8601(as<Timestamp>(at), style.utc_offset_seconds));
    case Form::kDay:
      return out.value(format_ds(as<std::int64_t>(at) * kSecondsPerDay).substr(0, 10));
    case Form::kObject:
      return write_object(out, style, at, *member.shape);
    case Form::kFree:
      break;
  }
}

const void* item_at(const Container& container, const Items& items, std::size_t i) {
  const void* const item = static_cast<const char*>(items.first) + i * container.stride;
  return container.pointers ? as<const void*>(item) : item;
}

void write_list(Writer& out, const Style& style, const Member& member, const Items& items) {
  if (member.map) {
    out.begin_object();
  } else {
    out.begin_array();
  }
  for (std::size_t i = 0; i < items.count; ++i) {
    const void* const item = item_at(*member.container, items, i);
    if (member.map) out.key(member.shape->item_name(item));
    write_value(out, style, member, item);
  }
  if (member.map) {
    out.end_object();
  } else {
    out.end_array();
  }
}

void write_member(Writer& out, const Style& style, const void* self, const Member& member) {
  const void* const at = static_cast<const char*>(self) + member.offset;
  const bool held = member.write == nullptr && member.container != nullptr;
  const bool maybe = held && !member.container->list;
  const Items items = held ? member.container->items(at) : Items{at, 1};
  if (member.name == nullptr) return write_members(out, style, items.first, *member.shape);
  const bool absent =
      (member.absent != nullptr && member.absent(self)) || (maybe && items.count == 0);
  if (absent && member.left_out) return;
  out.key(member.name);
  if (absent) return out.null();
  if (member.write != nullptr) return member.write(out, style, self);
  if (held && !maybe) return write_list(out, style, member, items);
  write_value(out, style, member, items.first);
}

}  // namespace

void write_members(Writer& out, const Style& style, const void* self, const Shape& shape) {
  for (const Member& member : shape.members) write_member(out, style, self, member);
}

void write_object(Writer& out, const Style& style, const void* self, const Shape& shape) {
  out.begin_object();
  write_members(out, style, self, shape);
  out.end_object();
}

std::string write_document(const void* self, const Shape& shape, const Style& style) {
  Writer out;
  write_object(out, style, self, shape);
  return out.take();
}

}  // namespace plimsoll
