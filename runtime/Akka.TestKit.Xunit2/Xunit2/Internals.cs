using Xunit.Abstractions;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Writes the system's log to the output of the running test.</summary>
public class TestOutputLogger : ReceiveActor
{
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<LogEvent>(e => Write(output, e));
        Receive<InitializeLogger>(e =>
        {
            foreach (var level in new[] { typeof(Debug), typeof(Info), typeof(Warning), typeof(Error) })
            {
                e.LoggingBus.Subscribe(Self, level);
            }
            Sender.Tell(new LoggerInitialized());
        });
    }

    private static void Write(ITestOutputHelper output, LogEvent entry)
    {
        try
        {
            output.WriteLine(entry.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test has ended; xunit takes no more output, and a late log line is no failure of the logger.
            return;
        }
    }
}

/// <summary>A value is not the expected one.</summary>
public class AkkaEqualException(object? expected, object? actual, string message)
    : XunitException($"{message}\nExpected: {expected ?? "(null)"}\nActual:   {actual ?? "(null)"}");
