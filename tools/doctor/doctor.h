/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_DOCTOR_DOCTOR_H
#define TOOLS_DOCTOR_DOCTOR_H

/* v6lit doctor; argv[0] is not looked at. Returns the exit status. */
int command_doctor(int argc, char **argv);

#endif
