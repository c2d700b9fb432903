# SPDX-License-Identifier: GPL-3.0-or-later
# bench_roads_qgis: QGIS's network analysis, in a process of its own on its own Qt.
if(NOT TARGET bench_roads_qgis)
  find_path(QGIS_INCLUDE_DIR qgsapplication.h PATH_SUFFIXES qgis)
  find_library(QGIS_CORE_LIBRARY qgis_core)
  find_library(QGIS_ANALYSIS_LIBRARY qgis_analysis)
  find_package(Qt5 COMPONENTS Core Gui Widgets Xml QUIET)
  if(QGIS_INCLUDE_DIR AND QGIS_CORE_LIBRARY AND QGIS_ANALYSIS_LIBRARY AND Qt5_FOUND)
    add_executable(bench_roads_qgis ${CMAKE_CURRENT_LIST_DIR}/qgis_network.cpp)
    target_include_directories(bench_roads_qgis SYSTEM PRIVATE ${QGIS_INCLUDE_DIR})
    target_link_libraries(bench_roads_qgis PRIVATE vedette_options ${QGIS_ANALYSIS_LIBRARY} ${QGIS_CORE_LIBRARY}
      Qt5::Core Qt5::Gui Qt5::Widgets Qt5::Xml)
  endif()
endif()
