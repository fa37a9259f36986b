namespace Akka.TestKit;

/// <summary>Marks a test whose messages carry no sender unless one is named.</summary>
public interface INoImplicitSender;
