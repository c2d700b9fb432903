# SPDX-License-Identifier: GPL-3.0-or-later
# bench_map_qgis: QGIS draws the grid layer; for the comparison and for the test that holds the pictures together.
if(TARGET vedette-cartographer AND NOT TARGET bench_map_qgis)
  find_path(QGIS_INCLUDE_DIR qgsapplication.h PATH_SUFFIXES qgis)
  find_library(QGIS_CORE_LIBRARY qgis_core)
  find_package(Qt5 REQUIRED COMPONENTS Core Gui Widgets Xml)
  add_executable(bench_map_qgis ${CMAKE_CURRENT_LIST_DIR}/qgis_map.cpp)
  target_include_directories(bench_map_qgis SYSTEM PRIVATE ${QGIS_INCLUDE_DIR})
  target_compile_definitions(bench_map_qgis PRIVATE VEDETTE_QGIS_PREFIX="/usr")
  target_link_libraries(bench_map_qgis PRIVATE
    vedette_options ${QGIS_CORE_LIBRARY} Qt5::Core Qt5::Gui Qt5::Widgets Qt5::Xml)
endif()
