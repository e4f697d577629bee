#include "codec/members.h"

#include <cmath>

#include "base/number_text.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {
namespace {

void write_usage(Writer& out, double value, int decimals) {
  if (decimals == kAllDecimals) return out.value(value);
  const double rounded = round_decimals(value, decimals);
  if (decimals > 0 || !(std::abs(rounded) < 0x1p53)) return out.value(rounded);
  out.value(static_cast<std::int64_t>(rounded));
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
      return write_usage(out, as<double>(at), style.usage_decimals);
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
    case Form::kCounts:
    case Form::kAutoOrBoolean:
    case Form::kAutoOrOrder:
      break;
  }
}

const void* item_at(const Container& container, const Items& items, std::size_t i) {
  const void* const item = static_cast<const char*>(items.first) + i * container.stride;
  return container.pointers ? as<const void*>(item) : item;
}

void write_content(Writer& out, const Style& style, const void* self, const Member& member);

// Whether a map's items are values rather than objects.
bool is_bare(const Member& member) {
  if (!member.map) return false;
  const Member& only = member.shape->members.front();
  return only.name == nullptr &&
         (only.form != Form::kObject || only.write != nullptr || only.container != nullptr);
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
    if (is_bare(member)) {
      write_content(out, style, item, member.shape->members.front());
    } else {
      write_value(out, style, member, item);
    }
  }
  if (member.map) {
    out.end_object();
  } else {
    out.end_array();
  }
}

Items items_of(const Member& member, const void* self) {
  const void* const at = static_cast<const char*>(self) + member.offset;
  const bool held = member.write == nullptr && member.container != nullptr;
  return held ? member.container->items(at) : Items{at, 1};
}

bool is_list(const Member& member) { return member.container != nullptr && member.container->list; }

// Whether the object `self` has no value there.
bool is_absent(const Member& member, const void* self) {
  if (member.absent != nullptr && member.absent(self)) return true;
  return !is_list(member) && items_of(member, self).count == 0;
}

void write_content(Writer& out, const Style& style, const void* self, const Member& member) {
  if (member.write != nullptr) {
    return member.write(out, style, static_cast<const char*>(self) + member.offset);
  }
  const Items items = items_of(member, self);
  if (is_list(member)) return write_list(out, style, member, items);
  write_value(out, style, member, items.first);
}

void write_member(Writer& out, const Style& style, const void* self, const Member& member) {
  if (member.name == nullptr) {
    return write_members(out, style, items_of(member, self).first, *member.shape);
  }
  const bool absent = is_absent(member, self);
  if ((absent && member.left_out) || (member.series && !style.series)) return;
  out.key(member.name);
  if (absent) return out.null();
  write_content(out, style, self, member);
}

}  // namespace

void write_members(Writer& out, const Style& style, const void* self, const Shape& shape) {
  for (const Member& member : shape.members) write_member(out, style, self, member);
}

void write_named(Writer& out, const Style& style, const void* self, const Shape& shape,
                 std::string_view name) {
  for (const Member& member : shape.members) {
    if (member.name != nullptr && member.name == name) write_member(out, style, self, member);
  }
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
