using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace AkkaComfy.Messages;

/// <summary>A value of a loader's input that an instance must offer: a model's file.</summary>
public readonly record struct NeededChoice(string ClassType, string Input, string Value);

/// <summary>What an instance must have to run one graph; both lists are sorted and without repetitions.</summary>
public sealed record GraphNeeds(ImmutableArray<string> Classes, ImmutableArray<NeededChoice> Choices)
{
    /// <summary>Graphs that need the same stand in the same queue.</summary>
    public QueueName Queue { get; } = NameOf(Classes, Choices);

    /// <summary>Of all words in it, in characters.</summary>
    public long Length => Classes.Concat(Choices.SelectMany(Words)).Sum(word => (long)word.Length);

    public bool Equals(GraphNeeds? other) =>
        other is not null && Classes.SequenceEqual(other.Classes) && Choices.SequenceEqual(other.Choices);

    public override int GetHashCode() => Queue.GetHashCode();

    private static QueueName NameOf(ImmutableArray<string> classes, ImmutableArray<NeededChoice> choices)
    {
        // Each word with its length before it: no two sets of needs give the same text.
        var words = new StringBuilder();
        foreach (var word in classes.Concat(choices.SelectMany(Words)))
        {
            words.Append(word.Length).Append(':').Append(word);
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString()));
        return new QueueName($"{QueueName.OfPrompts}{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");
    }

    /// <summary>An empty word before each choice tells it from classes: none of those is empty.</summary>
    private static IEnumerable<string> Words(NeededChoice choice) => ["", choice.ClassType, choice.Input, choice.Value];
}
