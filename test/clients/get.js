// SPDX-License-Identifier: LGPL-2.1-or-later
// node get.js URL: prints the page.
const http = require('http');
http.get(process.argv[2], (answer) => answer.pipe(process.stdout)).on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
});
