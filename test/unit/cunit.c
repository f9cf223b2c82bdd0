// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/unit/cunit.h"
#include "test/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *skip_reason;

static void start(CU_pTest test, CU_pSuite suite)
{
    (void)test;
    (void)suite;
    skip_reason = NULL;
}

static void complete(CU_pTest test, CU_pSuite suite, CU_pFailureRecord failure)
{
    if (failure == NULL && skip_reason != NULL) {
        report_skip(skip_reason, "%s: %s", suite->pName, test->pName);
        return;
    }
    report(failure == NULL, "%s: %s", suite->pName, test->pName);
    for (; failure != NULL; failure = failure->pNext)
        printf("# %s:%u: %s\n", failure->strFileName, failure->uiLineNumber, failure->strCondition);
    fflush(stdout);
}

void tap_skip(const char *why)
{
    skip_reason = why;
}

void tap_fail(const char *file, unsigned line, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    CU_assertImplementation(CU_FALSE, line, text, file, "", CU_FALSE);
}

int tap_run(const char *suite, CU_TestInfo *tests)
{
    CU_SuiteInfo suites[] = {{.pName = suite, .pTests = tests}, CU_SUITE_INFO_NULL};
    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
        bail_out(CU_get_error_msg());
    CU_set_test_start_handler(start);
    CU_set_test_complete_handler(complete);
    if (CU_run_all_tests() != CUE_SUCCESS)
        bail_out(CU_get_error_msg());
    CU_cleanup_registry();
    return reported > 0 ? end_of_report() : EXIT_FAILURE;
}
