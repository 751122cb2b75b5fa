// Keys, leases and choices. Every page works without it.
"use strict";
