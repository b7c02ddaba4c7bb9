const fs = require('node:fs');
const path = require('node:path');
const { transformSync } = require('@swc/core');

/** Lets plain node `require` our TypeScript, for what runs outside jest's transform. */
const swcrc = JSON.parse(fs.readFileSync(path.join(__dirname, '../../.swcrc'), 'utf8'));

require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(fs.readFileSync(file, 'utf8'), { ...swcrc, filename: file, swcrc: false });
  module._compile(code, file);
};
require('reflect-metadata');
