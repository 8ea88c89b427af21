"use strict";
// The texts of the page: a file for each language adds its table here. The first
// language is used for a browser that asks for none of them.
const WORDS = {};
