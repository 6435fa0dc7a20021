# Compiler, linker and libraries, in one place.
find_program(CCACHE ccache)
if(CCACHE)
  # Without these ccache would not look at anything that uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(assay_options INTERFACE)
target_compile_options(assay_options INTERFACE -Wall -Wextra -Wconversion -Wno-sign-conversion -Werror)
target_include_directories(assay_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(assay_options INTERFACE ASSAY_VERSION="${PROJECT_VERSION}")
if(ASSAY_FUZZ)
  # The parsers themselves are instrumented, not only the targets: coverage of theirs is what guides the fuzzer. Clang finds
  # deprecated names inside the standard library of GCC 12.
  target_compile_options(assay_options INTERFACE -fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer -Wno-deprecated-declarations)
endif()
if(ASSAY_SANITIZE)
  target_compile_options(assay_options INTERFACE -fsanitize=${ASSAY_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize=vptr,null,alignment,object-size
                         -Wno-maybe-uninitialized)  # with sanitizers GCC 12 sees unset variables inside libstdc++
  target_link_options(assay_options INTERFACE -fsanitize=${ASSAY_SANITIZE})
endif()
if(ASSAY_SANITIZE MATCHES thread)
  target_compile_options(assay_options INTERFACE -Wno-tsan)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(fmt REQUIRED)
find_package(EXPAT REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(OATH REQUIRED IMPORTED_TARGET liboath)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
find_library(XLSXWRITER xlsxwriter REQUIRED)
find_library(MD4C_HTML md4c-html REQUIRED)
find_library(MD4C md4c REQUIRED)

# What nearly every file includes, parsed once: a third of the time of a build. No header of ours is in it, so the arrows
# between the folders stay visible in the includes.
function(assay_precompile name)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE assay_options fmt::fmt)
  target_precompile_headers(${name} PRIVATE <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <mutex> <optional>
                            <set> <span> <string> <string_view> <tuple> <unordered_map> <variant> <vector>
                            <boost/pfr/tuple_size.hpp> <fmt/format.h> ${ARGN})
endfunction()
assay_precompile(assay_precompiled)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(assay_options INTERFACE -fpch-preprocess)
endif()

# One library a folder: assay_library(kernel/store DEPENDS … LIBRARIES …) takes every .cpp of src/<folder>.
function(assay_library folder)
  cmake_parse_arguments(ARG "UNITY;CHAPTERS" "" "DEPENDS;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  set(pattern ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
  if(ARG_CHAPTERS)
    list(APPEND pattern ${CMAKE_SOURCE_DIR}/src/${folder}/*/*.cpp)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${pattern})
  add_library(assay_${name} STATIC ${sources})
  foreach(dependency ${ARG_DEPENDS})
    string(REPLACE "/" "_" dependency ${dependency})
    target_link_libraries(assay_${name} PUBLIC assay_${dependency})
  endforeach()
  target_link_libraries(assay_${name} PUBLIC assay_options fmt::fmt ${ARG_LIBRARIES})
  target_precompile_headers(assay_${name} REUSE_FROM assay_precompiled)
  if(ARG_UNITY)
    set_target_properties(assay_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()
