const { removeTestDatabases } = require('./template.ts');

module.exports = removeTestDatabases;
