package dev.callqueue.testkit;
class AdapterSnippet {}
