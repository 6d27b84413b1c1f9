# Language level, warnings, sanitizers, compiler cache: the same for every target.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Test programs have hundreds of megabytes: this linker takes a second where the usual one takes twenty.
find_program(MOLD mold)
if(MOLD AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these falsely on coroutine frames and std::optional moves.
  add_compile_options(-Wno-maybe-uninitialized -Wno-missing-field-initializers)
  # And these, once it inlines: on vectors that grow, and on what coroutines return.
  add_compile_options($<$<CONFIG:Release>:-Wno-array-bounds> $<$<CONFIG:Release>:-Wno-free-nonheap-object>)
else()
  add_compile_options(-Wno-missing-field-initializers -Wno-missing-designated-field-initializers)
endif()
if(HELIOGRAPH_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)  # it takes what is in an included .cc for what is in a header
endif()
if(HELIOGRAPH_SANITIZE)
  add_compile_options(-fsanitize=${HELIOGRAPH_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HELIOGRAPH_SANITIZE})
  if(HELIOGRAPH_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)  # Asio's fences, which TSan does not model; its queues are locked as well
  endif()
endif()
include_directories(${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
