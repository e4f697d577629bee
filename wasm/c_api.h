/* Plimsoll's WebAssembly interface: bytes in, bytes out, no JSON of its own.
 *
 * Every pointer is an offset into the module's memory. Memory from plimsoll_alloc belongs to the
 * caller; a response belongs to the caller until plimsoll_response_free. The module is built
 * without exceptions: when memory runs out it traps, and the loader starts a fresh instance. */
#ifndef PLIMSOLL_WASM_C_API_H
#define PLIMSOLL_WASM_C_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct plimsoll_response {
  int32_t status;
  const char* headers; /* "Name: value\n", a line a header */
  size_t headers_length;
  const char* body;
  size_t body_length;
} plimsoll_response;

/* NULL when memory is exhausted. */
void* plimsoll_alloc(size_t size);
void plimsoll_free(void* pointer);

/* Forgets all models; `source` is what /health names as where the next ones come from. */
void plimsoll_snapshot_clear(const char* source, size_t source_length);

/* Adds a model file. NULL, or the problem document that says why it cannot be used. */
plimsoll_response* plimsoll_snapshot_add(const char* model, size_t model_length);

/* Answers one request. `now` (seconds since 1970, UTC) is the host's clock, used when has_now is
 * not 0. */
plimsoll_response* plimsoll_request(const char* method, size_t method_length, const char* target,
                                    size_t target_length, const char* headers,
                                    size_t headers_length, const char* body, size_t body_length,
                                    int64_t now, int32_t has_now);
void plimsoll_response_free(plimsoll_response* response);

/* "0.1.0", ending with a zero byte; static. */
const char* plimsoll_version(void);

#ifdef __cplusplus
}
#endif

#endif
