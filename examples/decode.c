// SPDX-License-Identifier: LGPL-2.1-or-later
/* Prints the address and zone of a literal name, or what is wrong with the name and where. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <v6lit.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "Usage: decode NAME\n");
        return 2;
    }

    struct v6lit_address found;
    size_t column;
    enum v6lit_status status = v6lit_decode(argv[1], strlen(argv[1]), &found, &column);
    if (status != V6LIT_OK) {
        fprintf(stderr, "%s\n%*s^ %s\n", argv[1], (int)column - 1, "", v6lit_strerror(status));
        return 1;
    }

    char text[INET6_ADDRSTRLEN];
    printf("address    %s\n", inet_ntop(AF_INET6, &found.address, text, sizeof text));
    if (found.zone_name[0] != '\0')
        printf("interface  %s\n", found.zone_name);
    else if (found.zone_index != 0)
        printf("interface  number %u\n", (unsigned)found.zone_index);
    return 0;
}
