#include "data/shapes.h"

#include <cstddef>

namespace plimsoll {
namespace {

constexpr Member kKeyMembers[] = {
    PLIMSOLL_MEMBER("namespace", WorkloadKey, namespace_name),
    PLIMSOLL_MEMBER("workload", WorkloadKey, workload),
    PLIMSOLL_MEMBER("container", WorkloadKey, container),
};

}  // namespace

constinit const Shape kKeyShape(kKeyMembers, "WorkloadName");

}  // namespace plimsoll
