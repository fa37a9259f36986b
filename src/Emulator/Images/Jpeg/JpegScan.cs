namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Goes through the blocks of one scan in the file's order, passing over its restart markers.</summary>
internal sealed class JpegScan(
    JpegFrame frame, IReadOnlyList<JpegScanComponent> components, int restartInterval, JpegBlocks blocks)
{
    /// <summary>Returns where the scan's data end.</summary>
    public int Decode(ReadOnlySpan<byte> file, int start)
    {
        var reader = new JpegBitReader(file, start);
        // A component alone in its scan comes block by block, without the padding to whole MCUs.
        var single = components.Count == 1 ? components[0] : null;
        var across = single is null ? frame.McusAcross : ZigZag.Blocks(single.Component.Width);
        var down = single is null ? frame.McusDown : ZigZag.Blocks(single.Component.Height);
        var perMcu = single is null ? components.Sum(c => c.Component.Horizontal * c.Component.Vertical) : 1;
        frame.CheckHolds((long)across * down * perMcu * blocks.MinimumBits, file.Length - start);
        foreach (var scanned in components)
        {
            blocks.Begin(scanned.Component);
        }

        var total = across * down;
        for (var mcu = 0; mcu < total; mcu++)
        {
            if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0)
            {
                Restart(ref reader, (mcu / restartInterval) - 1);
            }

            if (single is null)
            {
                DecodeMcu(ref reader, mcu % across, mcu / across);
            }
            else
            {
                blocks.Decode(ref reader, single, mcu % across, mcu / across);
            }
        }

        return reader.Position;
    }

    private void Restart(ref JpegBitReader reader, int index)
    {
        reader.Restart(index);
        blocks.Restart();
        foreach (var component in components)
        {
            component.Constant = 0;
        }
    }

    private void DecodeMcu(ref JpegBitReader reader, int column, int row)
    {
        foreach (var scanned in components)
        {
            var component = scanned.Component;
            for (var y = 0; y < component.Vertical; y++)
            {
                for (var x = 0; x < component.Horizontal; x++)
                {
                    var (blockX, blockY) = ((column * component.Horizontal) + x, (row * component.Vertical) + y);
                    blocks.Decode(ref reader, scanned, blockX, blockY);
                }
            }
        }
    }
}
