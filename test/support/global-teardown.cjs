const { removeTemplate } = require('./template.ts');

module.exports = removeTemplate;
