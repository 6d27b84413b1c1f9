# heliograph_library(NAME [UNITY] [TEST_HEADERS file...] [FUZZED file...] DEPS target...): one folder = one library.
#   UNITY      -> with HELIOGRAPH_UNITY several files are compiled as one, which saves reading the same headers:
#                 what a file keeps to itself must then have a name of its own within the folder
#   TEST_HEADERS -> with HELIOGRAPH_UNITY, what most of the folder's tests include, read once for all
#   FUZZED     -> what the folder's fuzz targets are to find their way through; without it all of the folder, if it has
#                 any. Code that is instrumented for them takes a third longer to compile
#   *.cc       -> library heliograph_NAME
#   *_test.cc  -> one test program NAME_test (GoogleTest), beside the code it tests
#   main.cc    -> not in the library: the folder's CMakeLists.txt makes a program of it
#   *_fuzz.cc  -> one libFuzzer program per file, seed corpus in fuzz/corpus/<file without _fuzz>;
#                 the target `fuzzers` is all of them
function(heliograph_library name)
  cmake_parse_arguments(arg "UNITY" "" "DEPS;TEST_HEADERS;FUZZED" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  set(fuzzers ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_(test|fuzz)|/main)\\.cc$")
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cc "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cc)
  endif()
  add_library(heliograph_${name} STATIC ${sources})
  target_link_libraries(heliograph_${name} PUBLIC ${arg_DEPS})
  if(HELIOGRAPH_UNITY AND arg_UNITY)
    set_target_properties(heliograph_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()

  if(HELIOGRAPH_FUZZ AND arg_FUZZED)
    set_source_files_properties(${arg_FUZZED} PROPERTIES COMPILE_OPTIONS -fsanitize=fuzzer-no-link)
  elseif(HELIOGRAPH_FUZZ AND fuzzers)
    target_compile_options(heliograph_${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()

  if(HELIOGRAPH_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE heliograph_${name} GTest::gmock GTest::gtest_main)
    if(HELIOGRAPH_UNITY AND arg_TEST_HEADERS)
      target_precompile_headers(${name}_test PRIVATE <gmock/gmock.h> ${arg_TEST_HEADERS})
    endif()
    if(HELIOGRAPH_SANITIZE MATCHES "undefined")
      # What is tested is watched; of the tests themselves AddressSanitizer is enough, and a third quicker.
      target_compile_options(${name}_test PRIVATE -fno-sanitize=undefined)
    endif()
    # One ctest test a program: starting a process for each of the hundreds of cases costs minutes under sanitizers.
    add_test(NAME ${name}_test COMMAND ${name}_test --gtest_brief=1)
  endif()

  if(HELIOGRAPH_FUZZ)
    foreach(source ${fuzzers})
      get_filename_component(target ${source} NAME_WE)
      add_executable(${target} ${source})
      target_compile_options(${target} PRIVATE -fsanitize=fuzzer)
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
      target_link_libraries(${target} PRIVATE heliograph_${name})
      set_property(TARGET ${target} PROPERTY RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
      add_dependencies(fuzzers ${target})
    endforeach()
  endif()
endfunction()
