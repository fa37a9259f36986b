using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.EndToEnd.Workflows;

/// <summary>A graph of the client's own, with its files, through the service and an emulator.</summary>
[Collection(SharedSampleFleet.Name)]
public sealed class OwnGraphTests(SampleFleet fleet)
{
    [Fact]
    public async Task A_mask_goes_as_base64_into_the_node_that_takes_it_so()
    {
        var mask = new Picture(3, 1, 1, [0, 100, 255]);
        var picture = await fleet.PictureAsync("prompts?sync=true", SampleFleet.Json(new()
        {
            ["prompt"] = JsonNode.Parse("""
                {
                  "1": { "class_type": "ETN_LoadMaskBase64", "inputs": { "mask": "mask.png" } },
                  "2": { "class_type": "InvertMask", "inputs": { "mask": ["1", 0] } },
                  "3": { "class_type": "MaskToImage", "inputs": { "mask": ["2", 0] } },
                  "4": { "class_type": "SaveImage", "inputs": { "images": ["3", 0], "filename_prefix": "mask" } }
                }
                """),
            ["files"] = new JsonObject { ["mask.png"] = Convert.ToBase64String(PngWriter.Write(mask)) },
        }));
        Assert.Equal([255, 155, 0], picture.Channel(0).Pixels);
    }
}
