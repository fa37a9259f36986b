namespace Akka.Streams;

/// <summary>What a graph offers to be connected.</summary>
public abstract class Shape;

/// <summary>One open outlet.</summary>
public sealed class SourceShape<TOut> : Shape;

/// <summary>One open inlet.</summary>
public sealed class SinkShape<TIn> : Shape;

/// <summary>One open inlet and one open outlet.</summary>
public sealed class FlowShape<TIn, TOut> : Shape;

/// <summary>Nothing open: the graph can run.</summary>
public sealed class ClosedShape : Shape;

/// <summary>A blueprint of processing, whatever it materializes to.</summary>
public interface IGraph<out TShape> where TShape : Shape;

/// <summary>A blueprint of processing; each materialization of it yields a value.</summary>
public interface IGraph<out TShape, out TMaterialized> : IGraph<TShape> where TShape : Shape;
