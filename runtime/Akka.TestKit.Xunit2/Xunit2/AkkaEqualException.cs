using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>A value is not the expected one.</summary>
public class AkkaEqualException(object? expected, object? actual, string message)
    : XunitException($"{message}\nExpected: {expected ?? "(null)"}\nActual:   {actual ?? "(null)"}");
