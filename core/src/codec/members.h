// A document described once: a table of members for each of its objects, by which one loop writes
// it. Beside each member stand its bounds and what it means (compiled out of WebAssembly).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "codec/writer.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {

// What a value is in memory and in JSON.
enum class Form : std::uint8_t {
  kText,
  kNumber,
  kUsage,  // a number rounded to the decimals of the Style
  kInteger,
  kSmallInteger,  // an int
  kBoolean,
  kChoice,       // an enumeration of int, by the names of `choices`
  kMoment,       // a Timestamp, in UTC
  kLocalMoment,  // a Timestamp, in the zone of the Style
  kDay,          // days since 1970-01-01: "2013-01-01"
  kObject,       // `shape` says its members
  // What only functions write.
  kCounts,         // whole numbers by name
  kAutoOrBoolean,  // "auto", true or false
  kAutoOrOrder,    // "auto", true, false or a whole number
};

inline constexpr int kAllDecimals = -1;

// What of a document depends on who asks, not on what is described.
struct Style {
  std::int64_t utc_offset_seconds = 0;
  int usage_decimals = kAllDecimals;
  bool series = true;  // with what charts are drawn from
};

// What a container holds, and how to look into it: a list, or the value or null of an optional or
// a pointer.
struct Items {
  const void* first;
  std::size_t count;
};
struct Container {
  Items (*items)(const void* container);
  std::uint32_t stride;
  bool list;
  bool pointers;  // the items are pointers to the values
};

struct Shape;
struct Member;

// What only descriptions need; WebAssembly writes and reads without it.
struct Note {
  const char* summary = nullptr;
  const char* pattern = nullptr;    // of a text
  const char* constants = nullptr;  // the only values, separated by '|'
  std::optional<double> least, most;
  bool open = false;        // neither `least` nor `most` itself
  bool gaps = false;        // a list of numbers, null where there is none
  bool nullable = false;    // for what only functions write
  bool never_null = false;  // what a pointer leads to, which is always there
  bool all = false;         // a map that has every one of its names
};
using Names = std::span<const std::string_view>;

struct Member {
  const char* name = nullptr;  // nullptr: the members of `shape` stand here themselves
  Form form = Form::kText;
  bool null_if_empty = false;  // a text
  bool left_out = false;       // where it is absent; otherwise it is null there
  bool map = false;            // a list whose items go by the name that `shape` gives them
  bool series = false;         // left out where the Style wants no series
  std::uint16_t offset = 0;
  const Container* container = nullptr;
  const Shape* shape = nullptr;
  Names names;  // of a choice, or of a map where they are known
  bool (*absent)(const void* self) = nullptr;
  // Writes what lies at `offset`, in place of the loop.
  void (*write)(Writer& out, const Style& style, const void* at) = nullptr;
#ifndef __EMSCRIPTEN__
  Note note;
#endif

  // The same member with one more thing said of it.
  template <class Change>
  [[nodiscard]] constexpr Member with(Change change) const {
    Member member = *this;
    change(member);
    return member;
  }
  [[nodiscard]] constexpr Member as(Form other) const {
    return with([&](Member& member) { member.form = other; });
  }
  [[nodiscard]] constexpr Member of(const Shape& members) const {
    return with([&](Member& member) { member.shape = &members; });
  }
  // A map: by any name, or by the `known` ones.
  [[nodiscard]] constexpr Member by_name(const Shape& members, Names known = {}) const {
    return of(members).one_of(known).with([](Member& member) { member.map = true; });
  }
  [[nodiscard]] constexpr Member one_of(Names choices) const {
    return with([&](Member& member) { member.names = choices; });
  }
  [[nodiscard]] constexpr Member or_null() const {
    return with([](Member& member) { member.null_if_empty = true; });
  }
  [[nodiscard]] constexpr Member or_left_out() const {
    return with([](Member& member) { member.left_out = true; });
  }
  [[nodiscard]] constexpr Member for_charts() const {
    return with([](Member& member) { member.series = true; });
  }
  // Absent unless the predicate holds of the object.
  template <auto kPredicate>
  [[nodiscard]] constexpr Member where() const;
  // As the function writes it.
  template <auto kFunction>
  [[nodiscard]] constexpr Member by(Form form) const;
  // A list, whatever it is in memory.
  [[nodiscard]] constexpr Member listed() const;

  // For descriptions only.
  template <class Change>
  [[nodiscard]] constexpr Member noted([[maybe_unused]] Change change) const {
    Member member = *this;
#ifndef __EMSCRIPTEN__
    change(member.note);
#endif
    return member;
  }
  [[nodiscard]] constexpr Member says(const char* summary) const {
    return noted([&](Note& said) { said.summary = summary; });
  }
  [[nodiscard]] constexpr Member like(const char* pattern) const {
    return noted([&](Note& said) { said.pattern = pattern; });
  }
  [[nodiscard]] constexpr Member among(const char* constants) const {
    return noted([&](Note& said) { said.constants = constants; });
  }
  [[nodiscard]] constexpr Member from(double least) const {
    return noted([&](Note& said) { said.least = least; });
  }
  [[nodiscard]] constexpr Member to(double most) const {
    return noted([&](Note& said) { said.most = most; });
  }
  [[nodiscard]] constexpr Member exclusive() const {
    return noted([](Note& said) { said.open = true; });
  }
  [[nodiscard]] constexpr Member nullable() const {
    return noted([](Note& said) { said.nullable = true; });
  }
  [[nodiscard]] constexpr Member never_null() const {
    return noted([](Note& said) { said.never_null = true; });
  }
  [[nodiscard]] constexpr Member with_all() const {
    return noted([](Note& said) { said.all = true; });
  }
  [[nodiscard]] constexpr Member with_gaps() const {
    return noted([](Note& said) { said.gaps = true; });
  }
};

// An object of a document. As the items of a map it may have a single member without a name: then
// each item is that member's value.
struct Shape {
  std::span<const Member> members;
  std::string_view (*item_name)(const void* item) = nullptr;  // in a map
#ifndef __EMSCRIPTEN__
  const char* name = nullptr;   // of its type: "Finding"
  const char* title = nullptr;  // of a document, which has a schema of its own
#endif

  constexpr Shape(std::span<const Member> its_members, [[maybe_unused]] const char* its_name)
      : members(its_members) {
#ifndef __EMSCRIPTEN__
    name = its_name;
#endif
  }
  // As the items of a map.
  template <auto kItemName>
  [[nodiscard]] constexpr Shape named() const;
  [[nodiscard]] constexpr Shape titled([[maybe_unused]] const char* its_title) const {
    Shape shape = *this;
#ifndef __EMSCRIPTEN__
    shape.title = its_title;
#endif
    return shape;
  }
};

// Writes the object that `self` is.
void write_object(Writer& out, const Style& style, const void* self, const Shape& shape);
// Its members alone, into an object that is open.
void write_members(Writer& out, const Style& style, const void* self, const Shape& shape);
// The member called `name`, of an object that has it, into an object that is open.
void write_named(Writer& out, const Style& style, const void* self, const Shape& shape,
                 std::string_view name);
// A document as text.
std::string write_document(const void* self, const Shape& shape, const Style& style = {});

namespace members {

template <class T>
constexpr Form form_of() {
  if constexpr (std::is_same_v<T, bool>) return Form::kBoolean;
  if constexpr (std::is_same_v<T, int>) return Form::kSmallInteger;
  if constexpr (std::is_enum_v<T>) return Form::kChoice;
  if constexpr (std::is_floating_point_v<T>) return Form::kNumber;
  if constexpr (std::is_integral_v<T>) return Form::kInteger;
  if constexpr (std::is_convertible_v<T, std::string_view>) return Form::kText;
  return Form::kObject;
}

template <class T>
concept List = !std::is_convertible_v<T, std::string_view> && requires(const T& list) {
  list.data();
  list.size();
};
template <class T>
concept Maybe = requires(const T& maybe) {
  maybe.has_value();
  *maybe;
};

template <class T>
concept Pointer = std::is_pointer_v<T>;

template <class T>
struct Inner {
  using Type = T;
};
template <Pointer T>
struct Inner<T> {
  using Type = std::remove_cvref_t<std::remove_pointer_t<T>>;
};
template <List T>
struct Inner<T> {
  using Type = std::remove_cvref_t<decltype(*std::declval<const T&>().data())>;
};
template <Maybe T>
struct Inner<T> {
  using Type = std::remove_cvref_t<decltype(*std::declval<const T&>())>;
};

template <class T>
Items items_of(const void* at) {
  const T& held = *static_cast<const T*>(at);
  if constexpr (Pointer<T>) {
    return {held, held != nullptr ? std::size_t{1} : std::size_t{0}};
  } else if constexpr (Maybe<T>) {
    return {held ? &*held : nullptr, held ? std::size_t{1} : std::size_t{0}};
  } else {
    return {held.data(), static_cast<std::size_t>(held.size())};
  }
}

template <class T>
inline constexpr Container kContainer{items_of<T>, sizeof(typename Inner<T>::Type), List<T>,
                                      std::is_pointer_v<typename Inner<T>::Type>};

template <class T>
constexpr Member at(const char* name, std::size_t offset) {
  using Value = std::remove_cvref_t<std::remove_pointer_t<typename Inner<T>::Type>>;
  static_assert(!std::is_same_v<Value, std::string_view>, "the loop reads std::string");
  static_assert(!std::is_same_v<Value, const char>, "the loop reads std::string");
  Member member;
  member.name = name;
  member.form = form_of<Value>();
  member.offset = static_cast<std::uint16_t>(offset);
  if constexpr (List<T> || Maybe<T> || Pointer<T>) member.container = &kContainer<T>;
  return member;
}

template <class Function>
struct Signature;
template <class R, class Self>
struct Signature<R (*)(const Self&)> {
  using Result = R;
  using Object = Self;
};
template <class Self>
struct Signature<void (*)(Writer&, const Style&, const Self&)> {
  using Object = Self;
};

// A member that a function of the object gives.
template <auto kFunction>
constexpr Member given(const char* name) {
  using Called = Signature<decltype(kFunction)>;
  using Value = std::remove_cvref_t<typename Called::Result>;
  Member member;
  member.name = name;
  member.form = form_of<typename Inner<Value>::Type>();
  if constexpr (Maybe<Value>) member.container = &kContainer<Value>;
  member.write = [](Writer& out, const Style&, const void* self) {
    out.value(kFunction(*static_cast<const typename Called::Object*>(self)));
  };
  return member;
}

// A member that a function of the object writes.
template <auto kFunction>
constexpr Member written(const char* name, Form form) {
  Member member;
  member.name = name;
  return member.by<kFunction>(form);
}

// The object itself once more: under a name, an object of some of its members; without one, those
// members in place.
constexpr Member part(const char* name, const Shape& shape) {
  Member member;
  member.name = name;
  member.form = Form::kObject;
  member.shape = &shape;
  return member;
}

}  // namespace members

// The member `field` of `Type`, whose objects are of standard layout.
#define PLIMSOLL_MEMBER(name, Type, field)                                                   \
  ::plimsoll::members::at<std::remove_cvref_t<decltype(std::declval<const Type&>().field)>>( \
      name, offsetof(Type, field))

constexpr Member Member::listed() const {
  Member member = *this;
  member.container = &members::kContainer<std::span<const std::byte>>;
  return member;
}

template <auto kPredicate>
constexpr Member Member::where() const {
  Member member = *this;
  member.absent = [](const void* self) {
    using Object = typename members::Signature<decltype(kPredicate)>::Object;
    return !kPredicate(*static_cast<const Object*>(self));
  };
  return member;
}

template <auto kFunction>
constexpr Member Member::by(Form its_form) const {
  Member member = *this;
  member.form = its_form;
  member.write = [](Writer& out, const Style& style, const void* at) {
    using Object = typename members::Signature<decltype(kFunction)>::Object;
    kFunction(out, style, *static_cast<const Object*>(at));
  };
  return member;
}

template <auto kItemName>
constexpr Shape Shape::named() const {
  Shape shape = *this;
  shape.item_name = [](const void* item) -> std::string_view {
    using Object = typename members::Signature<decltype(kItemName)>::Object;
    return kItemName(*static_cast<const Object*>(item));
  };
  return shape;
}

}  // namespace plimsoll
