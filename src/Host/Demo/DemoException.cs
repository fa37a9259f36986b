namespace AkkaComfy.Host.Demo;

/// <summary>The service refused a request of the demo, in its own words.</summary>
internal sealed class DemoException(string message) : Exception(message);
