drop index assets_name_idx;
