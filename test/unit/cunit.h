/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs CUnit tests and prints their results as TAP, for automake's driver. */
#ifndef TEST_UNIT_CUNIT_H
#define TEST_UNIT_CUNIT_H

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

/* Runs the tests, up to CU_TEST_INFO_NULL, and returns the exit status of the program. */
int tap_run(const char *suite, CU_TestInfo *tests);

/* Counts the running test as skipped. What it has asserted before still counts if it failed. */
void tap_skip(const char *why);

/* A failed assertion that says more than its condition. The test goes on. */
__attribute__((format(printf, 3, 4))) void tap_fail(const char *file, unsigned line,
                                                    const char *format, ...);

#endif
