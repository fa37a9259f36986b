using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class RequestHashTests
{
    private static readonly Dictionary<string, string> Fields = new() { ["a"] = "1", ["b"] = "2" };
    private static readonly Dictionary<string, BlobId> Images = new() { ["imageFile"] = new BlobId("ab") };

    private static string Hash { get; } = RequestHash.Of(new WorkflowName("w"), Fields, Images);

    [Fact]
    public void The_same_request_has_the_same_hash_in_whatever_order_it_comes()
    {
        Assert.Equal(Hash, RequestHash.Of(new WorkflowName("w"), Fields.Reverse(), Images));
        Assert.Matches("^[0-9a-f]{64}$", Hash);
    }

    [Fact]
    public void Another_workflow_field_or_image_makes_another_request() => Assert.Equal(8, new HashSet<string>
    {
        Hash,
        RequestHash.Of(new WorkflowName("v"), Fields, Images),
        Of([("a", "1"), ("b", "3")], [("imageFile", "ab")]),
        Of([("a", "1")], [("imageFile", "ab")]),
        Of([("a", "1"), ("c", "2")], [("imageFile", "ab")]),
        Of([("a", "1"), ("b", "2")], [("imageFile", "cd")]),
        Of([("a", "1"), ("b", "2")], [("mask", "ab")]),
        Of([("a", "1"), ("b", "2"), ("imageFile", "ab")], []),
    }.Count);

    [Fact]
    public void Names_and_values_cannot_be_cut_differently() => Assert.NotEqual(
        Of([("ab", "c")], []), Of([("a", "bc")], []));

    private static string Of((string, string)[] fields, (string, string)[] images) => RequestHash.Of(
        new WorkflowName("w"),
        fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
        images.Select(image => KeyValuePair.Create(image.Item1, new BlobId(image.Item2))));
}
