namespace Akka.TestKit;

/// <summary>How the kit reports a failed expectation to the test framework in use.</summary>
public interface ITestKitAssertions
{
    void Fail(string format = "", params object?[] args);

    void AssertTrue(bool condition, string format = "", params object?[] args);
    void AssertFalse(bool condition, string format = "", params object?[] args);
    void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args);

    void AssertEqual<T>(
        T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args);
}

/// <summary>Marks a test whose messages carry no sender unless one is named.</summary>
public interface INoImplicitSender;
