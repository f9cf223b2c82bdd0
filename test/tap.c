// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned tests_done;
static const char *skip_reason;

static void start(CU_pTest test, CU_pSuite suite)
{
    (void)test;
    (void)suite;
    skip_reason = NULL;
}

static void report(CU_pTest test, CU_pSuite suite, CU_pFailureRecord failure)
{
    printf("%s %u - %s: %s", failure == NULL ? "ok" : "not ok", ++tests_done, suite->pName,
           test->pName);
    if (failure == NULL && skip_reason != NULL)
        printf(" # SKIP %s", skip_reason);
    putchar('\n');
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
    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS) {
        printf("Bail out! CUnit: %s\n", CU_get_error_msg());
        return EXIT_FAILURE;
    }
    printf("1..%u\n", CU_get_registry()->uiNumberOfTests);
    CU_set_test_start_handler(start);
    CU_set_test_complete_handler(report);
    CU_ErrorCode error = CU_run_all_tests();
    int passed = error == CUE_SUCCESS && CU_get_number_of_failures() == 0 && tests_done > 0;
    CU_cleanup_registry();
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
